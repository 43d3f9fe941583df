using System.Collections.Immutable;
using Breakwater.Adapters.Storage;

namespace Breakwater.Tests.Storage;

/// <summary>A loss of power, or the end of the process, before every single write, sync, creation, renaming and
/// deletion of a run of a thousand events.</summary>
public sealed class JournalCrashLaws
{
    private const int EventCount = 1_000;
    private const int GoesOnEvery = 13;
    private const int ReadsAllEvery = 10;
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(EventCount + 2);
    private static readonly ImmutableArray<JournalPoint> Points = SampleLog.Points(Events);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(2, 1)]
    [InlineData(2, 9)]
    public void INV_S1_Acknowledged_events_survive_a_crash_at_every_boundary_and_others_are_whole_or_absent(
        int loss, int groupMax)
    {
        CrashingRun run = new(groupMax, (disk, boundary, acknowledged) =>
        {
            SimulatedDisk after = disk.AfterPowerLoss(new Random(boundary), (Loss)loss);
            int count = Recovered(after, acknowledged, boundary % ReadsAllEvery == 0);
            if (boundary % GoesOnEvery == 0) GoesOn(after, count);
        });
        run.Go();
        Assert.True(run.BoundaryCount > EventCount / groupMax * 3, $"{run.BoundaryCount} boundaries");
    }

    [Fact]
    public void INV_S1_Acknowledged_events_survive_the_end_of_the_process_at_every_boundary()
    {
        const int GroupMax = 4;
        CrashingRun run = new(GroupMax, (disk, _, acknowledged) =>
        {
            // Whatever was written is still in the system's cache: at most the group on its way is missing.
            using Journal journal = SampleLog.Open(disk.AfterPowerLoss(new Random(0), Loss.Nothing));
            Assert.InRange(journal.Durable.Sequence, acknowledged, acknowledged + GroupMax);
        });
        run.Go();
    }

    [Fact]
    public void INV_S2_Snapshot_and_tail_equal_the_replay_of_the_log_after_a_crash_at_every_third_boundary()
    {
        CrashingRun run = new(9, (disk, boundary, _) =>
        {
            if (boundary % 3 != 0) return;
            using Journal journal = SampleLog.Open(disk.AfterPowerLoss(new Random(boundary), Loss.Torn));
            Assert.Equal(SampleLog.Replay(journal), SampleLog.Resume(journal));
        });
        run.Go();
    }

    [Fact]
    public void INV_S4_Commands_sent_again_after_a_crash_have_one_effect_and_the_same_number()
    {
        CrashingRun run = new(3, (disk, boundary, acknowledged) =>
        {
            if (boundary % 50 != 0) return;
            using Journal journal = SampleLog.Open(disk.AfterPowerLoss(new Random(boundary), Loss.Torn));
            long before = journal.Durable.Sequence;
            for (int i = Math.Max(0, acknowledged - 20); i < acknowledged; i++)
            {
                if (Events[i].Command.IsNone) continue;
                Assert.Equal(i + 1, journal.Find(Events[i].Command));
                Assert.Equal(new Appended(i + 1, IsRepeat: true), SampleLog.Append(journal, Events[i]));
            }

            Assert.Equal(before, journal.Durable.Sequence);
        });
        run.Go();
    }

    // The hash of the last record stands for everything before it; now and then all of it is read as well.
    private static int Recovered(SimulatedDisk disk, int acknowledged, bool readsAll)
    {
        using Journal journal = SampleLog.Open(disk);
        int count = (int)journal.Durable.Sequence;
        Assert.True(count >= acknowledged, $"{count} events are there, {acknowledged} were acknowledged");
        Assert.Equal(Points[count], journal.Durable);
        return readsAll ? SampleLog.AssertHolds(journal, Events, acknowledged) : count;
    }

    // What was recovered counts as acknowledged from then on, and so does what is appended behind it.
    private static void GoesOn(SimulatedDisk disk, int count)
    {
        using (Journal journal = SampleLog.Open(disk))
        {
            Assert.Equal(count + 1, SampleLog.Append(journal, Events[count]).Sequence);
            Recovered(disk.AfterPowerLoss(new Random(count), Loss.Everything), count + 1, readsAll: true);
        }

        Recovered(disk.AfterPowerLoss(new Random(count), Loss.Everything), count + 1, readsAll: false);
    }

    /// <summary>Appends a thousand events in groups, with snapshots, and looks at the disk at every boundary.</summary>
    private sealed class CrashingRun(int groupMax, Action<SimulatedDisk, int, int> look)
    {
        private readonly SimulatedDisk _disk = new();
        private readonly List<Task<Appended>> _appends = [];
        private Exception? _failure;

        public int BoundaryCount => _disk.BoundaryCount;

        public void Go()
        {
            _disk.OnBoundary = (boundary, _) => Look(boundary);
            using (Journal journal = SampleLog.Open(_disk))
            {
                Random random = new(groupMax);
                byte[] state = [];
                for (int next = 0; next < EventCount && _failure is null;)
                {
                    int count = Math.Min(EventCount - next, 1 + random.Next(groupMax));
                    Append(journal, next, count);
                    for (int i = 0; i < count; i++) state = SampleLog.Step(state, Events[next + i].Payload.Span);
                    next += count;
                    if (next % 100 < count) journal.WriteSnapshot(next, state);
                }
            }

            if (_failure is not null) throw new InvalidOperationException(_failure.Message, _failure);
            Assert.Equal(EventCount, _appends.Count);
        }

        private void Append(Journal journal, int first, int count)
        {
            Task<Appended>[] group;
            lock (_appends)
            {
                group = [.. Enumerable.Range(first, count).Select(i => SampleLog.Queue(journal, Events[i]))];
                _appends.AddRange(group);
            }

            for (int i = 0; i < count && _failure is null; i++)
            {
                Assert.Equal(first + i + 1, SampleLog.Wait(group[i]).Sequence);
            }
        }

        // On the thread of the journal, between what it has done and what it is about to do.
        private void Look(int boundary)
        {
            if (_failure is not null) return;
            try
            {
                int acknowledged;
                lock (_appends) acknowledged = _appends.Count(append => append.IsCompletedSuccessfully);
                look(_disk, boundary, acknowledged);
            }
#pragma warning disable CA1031 // It must not pass for a failure of the disk: the test rethrows it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure = failure;
            }
        }
    }
}
