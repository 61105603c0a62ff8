using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The format of each tenant's batches, where headers or fields name the tenant. Lambda uses an environment for one tenant only; if
/// records of another one arrive, they get batches of their own. Records that belong to no invocation, such as the lines of the init
/// phase, wait until the first invocation names the tenant. Call under the queue's lock.
/// </summary>
internal sealed class TenantFormats
{
    /// <summary>The index of batches of records that belong to no invocation: they are sent for the environment's tenant.</summary>
    public const int Environment = 0;

    /// <summary>The index of batches of records without a tenant.</summary>
    public const int Nobody = 1;

    // An environment has one. Records of further tenants are sent without a tenant.
    const int TenantsMax = 16;

    const int First = 2;

    readonly List<(string Tenant, LogFormat Format)> _known;
    readonly Func<string, LogFormat>? _create;
    readonly bool _isDropped;
    int _current = -1;

    /// <param name="format">For batches of no tenant.</param>
    /// <param name="create">Makes the format for a tenant. Null: nothing differs from tenant to tenant.</param>
    /// <param name="isDropped">Whether a rule drops the tenant from records, so that only the starts of invocations name it.</param>
    public TenantFormats(LogFormat format, Func<string, LogFormat>? create = null, bool isDropped = false)
    {
        _isDropped = isDropped;
        _known = [("", format), ("", format)];
        _create = create;
        IsAwaited = create is not null;
    }

    /// <summary>One format for all batches: nothing differs from tenant to tenant.</summary>
    /// <param name="format">The format.</param>
    public static TenantFormats OfAll(LogFormat format) => new(format);

    /// <summary>Whether anything differs from tenant to tenant.</summary>
    public bool Differ => _create is not null;

    /// <summary>Whether no invocation has named the tenant of this environment yet.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Whether <see cref="ObserveInvocation"/> has any effect.</summary>
    public bool ObservesInvocations => IsAwaited || _isDropped;

    /// <summary>The format of a batch.</summary>
    /// <param name="tenant">Its <see cref="BatchEntry.Tenant"/>.</param>
    public LogFormat this[int tenant] => _known[tenant].Format;

    /// <summary>The tenant that a batch is sent for. Empty: none.</summary>
    /// <param name="tenant">Its <see cref="BatchEntry.Tenant"/>.</param>
    public string NameOf(int tenant) => _known[tenant == Environment && _known.Count > First ? First : tenant].Tenant;

    /// <summary>The tenant whose records a batch holds. Empty: no one's, or the environment's.</summary>
    /// <param name="tenant">Its <see cref="BatchEntry.Tenant"/>.</param>
    public string OwnerOf(int tenant) => _known[tenant].Tenant;

    /// <summary>
    /// Takes the tenant from a platform event, before all rules. The first event of an invocation ends <see cref="IsAwaited"/>, whether or
    /// not it has a tenant.
    /// </summary>
    /// <param name="record">Any record.</param>
    /// <returns>Whether it has ended the waiting.</returns>
    public bool ObserveInvocation(in LogRecord record)
    {
        if (!ObservesInvocations || record.Kind is not (EventKind.Start or EventKind.RuntimeDone or EventKind.Report))
            return false;

        var tenant = record.TenantId();
        _current = tenant.IsEmpty ? Nobody : IndexOf(tenant);
        var wasAwaited = IsAwaited;
        IsAwaited = false;
        return wasAwaited;
    }

    /// <summary>The tenant of a record.</summary>
    /// <param name="record">Any record.</param>
    /// <returns>Negative: it belongs to no invocation, and goes with the others.</returns>
    public int Of(in LogRecord record)
    {
        var tenant = record.TenantId();
        if (!tenant.IsEmpty)
            return IndexOf(tenant);

        if (_isDropped)
            return _current;

        return record.RequestId.IsEmpty ? -1 : Nobody;
    }

    /// <summary>A tenant that a former process of the environment has had.</summary>
    /// <param name="tenant">Its id.</param>
    public int Of(string tenant) => tenant.Length == 0 ? Environment : IndexOf(Encoding.UTF8.GetBytes(tenant));

    int IndexOf(ReadOnlySpan<byte> tenant)
    {
        for (var index = First; index < _known.Count; index++)
        {
            // Without a text made of it: this is asked for every record.
            if (Ascii.Equals(tenant, _known[index].Tenant))
                return index;
        }

        if (_create is null || _known.Count == First + TenantsMax)
            return Nobody;

        var name = Encoding.UTF8.GetString(tenant);
        _known.Add((name, _create(name)));
        return _known.Count - 1;
    }
}
