using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class BatchQueueProperties
{
    const int BufferMaxBytes = 9000;

    [Fact]
    public void Whatever_happens_the_ledger_balances_the_bytes_keep_their_bound_and_the_order_stays()
    {
        var cases =
            from oldest in Gen.Elements(WhenFull.DropOldest, WhenFull.DropNewest)
            from records in Gen.Choose(1, 5)
            from steps in Gen.Choose(0, 9).Zip(Gen.Choose(1, 3900)).ListOf(200)
            select (WhenFull: oldest, Records: records, Steps: steps.ToArray());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var options = new PipelineOptions { BatchMaxBytes = 4096, BufferMaxBytes = BufferMaxBytes, BatchMaxRecords = one.Records, WhenFull = one.WhenFull };
            var model = new Model(options);
            foreach (var (what, size) in one.Steps)
                model.Step(what, size);
            model.SendAll();
        }));
    }

    /// <summary>A queue and what has to be true of it after each step. Records carry a number that grows.</summary>
    sealed class Model
    {
        readonly Ledger _ledger = new();
        readonly ManualClock _clock = new();
        readonly BatchQueue _queue;
        Batch? _inFlight;
        int _next;
        int _lastDelivered = -1;

        public Model(PipelineOptions options) => _queue = new BatchQueue(options, _ledger);

        public void Step(int what, int size)
        {
            switch (what)
            {
                case < 5:
                    Add(Math.Max(size, sizeof(int)));
                    break;
                case 5 or 6 when _inFlight is null:
                    _inFlight = _queue.Take(withOpen: what == 5);
                    break;
                case 6 when _inFlight is not null:
                    _queue.Return();
                    _inFlight = null;
                    break;
                case 7 when _inFlight is not null:
                    _queue.Drop(DropReason.Rejected);
                    _inFlight = null;
                    break;
                default:
                    Deliver();
                    break;
            }

            Holds();
        }

        public void SendAll()
        {
            Deliver();
            while ((_inFlight = _queue.Take(withOpen: true)) is not null)
                Deliver();
            Holds();
            Assert.Equal((0, 0), (_queue.Bytes, _ledger.Waiting));
        }

        void Add(int size)
        {
            _ledger.CountReceived(1);
            if (_queue.Reserve(size, "["u8, _clock) is not { } batch)
                return;

            BitConverter.TryWriteBytes(batch.FreeSpace(size), _next++);
            _queue.Commit(batch, size);
        }

        void Deliver()
        {
            if (_inFlight is null)
                return;

            _inFlight.Seal(Some.Format(), _clock.GetUtcNow());
            var at = 1;
            for (var index = 0; index < _inFlight.Records; index++)
            {
                var number = BitConverter.ToInt32(_inFlight.Body[at..]);
                Assert.True(number > _lastDelivered);
                _lastDelivered = number;
                // The separator is part of a record here, so the next one begins one byte behind what Record tells.
                at += _inFlight.Record(index).Length + (index == 0 ? 0 : 1);
            }

            _queue.Delivered();
            _inFlight = null;
        }

        void Holds()
        {
            _queue.VerifyLedger();
            Assert.InRange(_queue.Bytes, 0, BufferMaxBytes);
            Assert.Equal(_ledger.Received, _ledger.Delivered + _ledger.Dropped + _ledger.Waiting);
        }
    }
}
