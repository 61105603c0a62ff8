using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The level of an object, and values that are searched only if the object's own members do not have them.</summary>
internal ref partial struct ObjectFields
{
    const int ErrorMessageRank = 3;

    void TakeLevel(Member member, ReadOnlySpan<byte> value, LevelScale scale)
    {
        if (!IsBetter(member, _level))
        {
            // Libraries number their levels differently: a name beside the number says what it means.
            if (_isNumbered && value[0] == '"' && LevelNames.TryParse(value[1..^1], out var named))
                (Level, _isNumbered, _mayBePython) = (named, false, false);
            return;
        }

        if (!LevelValue.TryRead(value, scale, out var level))
        {
            _unclear = _unclear.Rank == 0 ? member : _unclear;
            _number = _number.IsEmpty && value.Length <= 3 ? value : _number;
            return;
        }

        var isNumber = value[0] != '"';
        _level = member;
        if (isNumber && HasLevel && !_isNumbered)
            return;

        Level = level;
        HasLevel = true;
        _isNumbered = isNumber;
        _mayBePython = scale == LevelScale.BySize && value.Length == 2;
        _number = _mayBePython ? value : _number;
    }

    /// <summary>Searches what the object's own members do not contain.</summary>
    void Complete(ReadOnlySpan<byte> json)
    {
        if (_mayBePython && _isPython && LevelNumbers.TryParse(_number, LevelScale.Python, out var level))
            Level = level;
        if (!HasLevel && !_number.IsEmpty && LevelHints.TryRead(json, _number, out level))
            SetLevel(level, _unclear);
        if (!_holder.IsEmpty && (!HasLevel || _message.Rank is 0 or >= WeakText))
        {
            ReadNested(_holder);
            ReadNested(_otherHolder);
        }

        if (!HasLevel && _unclear.Rank == 0 && _isDatadog && _status is { } status)
            SetLevel(status, default);
        if (!HasLevel && _unclear.Rank == 0 && _message.Rank == ErrorMessageRank)
            Level = LogLevel.Error;
    }

    /// <summary>Takes the fields of the object that is the message; if it has a message itself, that one too.</summary>
    public void TakeFrom(in ObjectFields own)
    {
        if (own.HasLevel)
            SetLevel(own.Level, default);
        else if (own.IsLevelUnrecognized || own.Level != LogLevel.Info)
            (HasLevel, Level, _unclear) = (own.Level != LogLevel.Info, own.Level, own._unclear);
        Message = own.Message.IsEmpty ? Message : own.Message;
        Time = own.Time.IsEmpty ? Time : own.Time;
        RequestId = RequestId.IsEmpty ? own.RequestId : RequestId;
        if (!own.TraceId.IsEmpty)
        {
            TraceId = own.TraceId;
            _span = own._span;
        }

        if (!own.Execution.IsEmpty)
        {
            Execution = own.Execution;
            Operation = own.Operation;
            Attempt = own.Attempt;
        }
    }

    void SetLevel(LogLevel level, Member member)
    {
        _level = member;
        Level = level;
        HasLevel = true;
    }

    /// <summary>
    /// Reads a nested object: <c>"log":{"level":…}</c> of ECS, <c>"_meta":{"logLevelName":…}</c> of tslog, <c>"context":{"logLevel":…}</c>
    /// of Roarr, <c>"record":{"level":{"name":…},"message":…}</c> of loguru, <c>"fields":{"message":…}</c> of Rust's tracing. Its members
    /// are not removed.
    /// </summary>
    void ReadNested(ReadOnlySpan<byte> holder)
    {
        var members = new ObjectWalker(holder);
        while (members.Next())
        {
            var role = FieldRoles.Of(members.Name, out _, out var scale);
            if (role == FieldRole.Level && !HasLevel)
                ReadNestedLevel(members.Value, scale);
            else if (role == FieldRole.Message && members.Value is [(byte)'"', _, _, ..] && _message.Rank is 0 or >= WeakText)
                SetMessage(members.Value);
        }
    }

    void SetMessage(ReadOnlySpan<byte> value)
    {
        Message = value;
        _message = new Member(1, 0, 0);
    }

    void ReadNestedLevel(ReadOnlySpan<byte> value, LevelScale scale)
    {
        if (LevelValue.TryRead(value, scale, out var level))
            SetLevel(level, default);
        else if (_unclear.Rank == 0)
            _unclear = new Member(1, 0, 0);
    }
}
