using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;

namespace Breakwater.Tests.Storage;

/// <summary>Bytes that are not what was written are found and not served, wherever they are.</summary>
public sealed class JournalDamageLaws
{
    private const int EventCount = 1_000;
    private const int HeaderBytes = 4096;
    private static readonly ImmutableArray<JournalEntry> Events = SampleLog.Entries(EventCount);

    [Fact]
    public void INV_S3_A_flipped_bit_is_found_or_harmless_wherever_it_is()
    {
        SimulatedDisk written = SampleLog.Written(Events);
        Random random = new(3);
        int refused = 0;
        foreach (string name in written.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal)))
        {
            for (int i = 0; i < 60; i++)
            {
                SimulatedDisk disk = written.AfterPowerLoss(random, Loss.Nothing);
                disk.File(name).Flip(random.NextInt64(disk.File(name).LengthBytes), random.Next(8));
                refused += IsRefusedOrServedWhole(disk, name) ? 1 : 0;
            }
        }

        Assert.True(refused > 500, $"{refused} refused");
    }

    [Fact]
    public void INV_S3_Every_bit_of_a_header_and_of_a_record_counts()
    {
        SimulatedDisk written = SampleLog.Written(Events[..40]);
        string name = written.List().First(name => name.EndsWith(".segment", StringComparison.Ordinal));
        for (int offset = 0; offset < HeaderBytes + 400; offset += offset is > 120 and < HeaderBytes ? 97 : 1)
        {
            SimulatedDisk disk = written.AfterPowerLoss(new Random(1), Loss.Nothing);
            disk.File(name).Flip(offset, offset % 8);
            Failure failure = Assert.Single(Journal.Open(disk, SampleLog.Small).Failures);
            Assert.Equal((FailureReason.Damaged, name), (failure.Reason, failure.File));
        }
    }

    [Fact]
    public void INV_S3_A_block_that_stands_elsewhere_is_found()
    {
        SimulatedDisk written = SampleLog.Written(Events);
        string[] names = [.. written.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal))];
        foreach ((string from, long fromAt, string to, long toAt, int length) in
            ((string, long, string, long, int)[])[
                (names[1], HeaderBytes, names[1], HeaderBytes + 1024, 512), // repeated in its segment
                (names[1], HeaderBytes, names[2], HeaderBytes, 4096), // repeated in the next segment
                (names[2], 0, names[1], 0, 4096), // header of another segment
                (names[1], 0, names[2], 0, 16 << 10), // a whole segment
                (names[^1], HeaderBytes, names[^1], 12 << 10, 2048), // behind the end of the last
            ])
        {
            SimulatedDisk disk = written.AfterPowerLoss(new Random(1), Loss.Nothing);
            byte[] block = new byte[length];
            disk.OpenToRead(from).Read(fromAt, block);
            disk.OpenToWrite(to).Write(toAt, block);
            IsRefusedOrServedWhole(disk, to);
        }
    }

    [Fact]
    public void INV_S3_A_missing_cut_or_foreign_segment_is_refused()
    {
        SimulatedDisk written = SampleLog.Written(Events);
        SimulatedDisk other = SampleLog.Written(Events);
        string[] names = [.. written.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal))];
        foreach (string name in names)
        {
            SimulatedDisk lost = written.AfterPowerLoss(new Random(1), Loss.Nothing);
            lost.Lose(name);
            AssertRefused(lost);
            foreach (int length in (int[])[0, 100, HeaderBytes, 9_000])
            {
                SimulatedDisk cut = written.AfterPowerLoss(new Random(1), Loss.Nothing);
                cut.File(name).Cut(length);
                AssertRefused(cut);
            }

            SimulatedDisk foreign = written.AfterPowerLoss(new Random(1), Loss.Nothing);
            byte[] bytes = new byte[other.File(name).LengthBytes];
            other.OpenToRead(name).Read(0, bytes);
            foreign.OpenToWrite(name).Write(0, bytes);
            AssertRefused(foreign);
        }

        SimulatedDisk none = written.AfterPowerLoss(new Random(1), Loss.Nothing);
        foreach (string name in names) none.Lose(name);
        AssertRefused(none);
    }

    [Fact]
    public void INV_S3_A_damaged_snapshot_falls_back_to_the_one_before_and_is_reported()
    {
        SimulatedDisk written = SampleLog.Written(Events, 100);
        string newest = written.List().Last(name => name.EndsWith(".snapshot", StringComparison.Ordinal));
        for (int offset = 0; offset < written.File(newest).LengthBytes; offset++)
        {
            SimulatedDisk disk = written.AfterPowerLoss(new Random(1), Loss.Nothing);
            disk.File(newest).Flip(offset, offset % 8);
            using Journal journal = SampleLog.Open(disk);
            Assert.Equal(newest, Assert.Single(journal.Recovery.UnusableSnapshots).File);
            Assert.Equal(EventCount - 100, journal.Recovery.SnapshotSequence);
            Assert.Equal(EventCount - 100, journal.ReadSnapshot()?.Point.Sequence);
            Assert.Equal(SampleLog.Replay(journal), SampleLog.Resume(journal));
        }
    }

    [Fact]
    public void INV_S3_A_log_that_ends_before_a_durable_record_is_refused()
    {
        // The last record is wiped as if it had never been written: only the mark knows better.
        SimulatedDisk written = SampleLog.Written(Events[..10]);
        string name = written.List().First(name => name.EndsWith(".segment", StringComparison.Ordinal));
        written.OpenToWrite(name).Write(HeaderBytes + 1_000, new byte[(int)written.File(name).LengthBytes - 5_096]);
        Failure failure = Assert.Single(Journal.Open(written, SampleLog.Small).Failures);
        Assert.Equal(FailureReason.Damaged, failure.Reason);
        Assert.Contains("record", failure.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void INV_S3_Damage_that_a_snapshot_covers_is_found_when_it_is_read()
    {
        SimulatedDisk disk = SampleLog.Written(Events, 100);
        disk.File("0000000002.segment").Flip(HeaderBytes + 2_000, 3);
        using Journal journal = SampleLog.Open(disk);
        Assert.InRange(journal.Recovery.RecordCount, 1, 200);
        Assert.NotEmpty(SampleLog.Resume(journal));
        Assert.Throws<JournalDamagedException>(() => SampleLog.Replay(journal));
        JournalDamage damage = Assert.Single(JournalInspection.Of(disk)!.Damage);
        Assert.Equal((DamageKind.Record, "0000000002.segment"), (damage.Kind, damage.File));
    }

    [Fact]
    public void INV_S4_A_file_of_command_ids_that_is_damaged_or_missing_is_made_again()
    {
        SimulatedDisk written = SampleLog.Written(Events, 100);
        string[] names = [.. written.List().Where(name => name.EndsWith(".commands", StringComparison.Ordinal))];
        Assert.True(names.Length > 10, $"{names.Length} files");
        Random random = new(4);
        foreach (string name in names)
        {
            SimulatedDisk disk = written.AfterPowerLoss(random, Loss.Nothing);
            if (random.Next(3) == 0) disk.Lose(name);
            else if (random.Next(2) == 0) disk.File(name).Cut(random.Next((int)disk.File(name).LengthBytes));
            else disk.File(name).Flip(random.NextInt64(disk.File(name).LengthBytes), random.Next(8));
            for (int opening = 0; opening < 2; opening++)
            {
                using Journal journal = SampleLog.Open(disk);
                for (int i = 0; i < EventCount; i++)
                {
                    if (!Events[i].Command.IsNone) Assert.Equal(i + 1, journal.Find(Events[i].Command));
                }

                Assert.Equal(Events.Count(entry => !entry.Command.IsNone), journal.Status.CommandCount);
            }
        }
    }

    [Fact]
    public void INV_S3_Without_the_mark_a_later_record_proves_that_a_broken_one_was_durable()
    {
        const string Name = "0000000001.segment";
        SimulatedDisk written = SampleLog.Written(Events[..10]);
        written.Lose("durable.mark");
        long last = LastRecord(written, Name);
        for (long offset = HeaderBytes; offset < last; offset += 11)
        {
            SimulatedDisk disk = written.AfterPowerLoss(new Random(1), Loss.Nothing);
            disk.File(Name).Flip(offset, (int)offset % 8);
            AssertRefused(disk);
        }

        // What cannot be told from a torn commit without the mark: the last record itself.
        written.File(Name).Flip(last + 60, 1);
        using Journal journal = SampleLog.Open(written);
        Assert.Equal(9, journal.Durable.Sequence);
        Assert.Equal(last, journal.Recovery.Torn?.Offset);
    }

    [Fact]
    public void INV_S3_An_intact_record_of_another_history_is_found_by_the_hash()
    {
        const string Name = "0000000001.segment";
        SimulatedDisk disk = SampleLog.Written(Events[..20]);
        byte[] payload = [.. Events[3].Payload.ToArray().Select(b => (byte)(b ^ 1))];
        SimulatedDisk other = SampleLog.Written(
            [.. Events[..3], Events[3] with { Payload = payload }, .. Events[4..20]]);
        long last = LastRecord(other, Name);
        byte[] record = new byte[last - HeaderBytes];
        int first = 0;
        for (int i = 0; i < 3; i++) first += (96 + Events[i].Payload.Length + 7) / 8 * 8;
        int length = (96 + payload.Length + 7) / 8 * 8;
        other.OpenToRead(Name).Read(HeaderBytes + first, record.AsSpan(0, length));
        disk.OpenToWrite(Name).Write(HeaderBytes + first, record.AsSpan(0, length));
        Failure failure = Assert.Single(Journal.Open(disk, SampleLog.Small).Failures);
        Assert.Equal((FailureReason.Damaged, nameof(DamageKind.Chain)), (failure.Reason, failure.Value));
    }

    [Fact]
    public void INV_S3_Damage_that_comes_while_it_runs_is_not_served()
    {
        SimulatedDisk disk = SampleLog.Written(Events);
        using Journal journal = SampleLog.Open(disk);
        disk.File("0000000002.segment").Flip(HeaderBytes + 2_000, 3);
        using JournalCursor cursor = journal.ReadAfter(0);
        JournalDamagedException thrown = Assert.Throws<JournalDamagedException>(() =>
        {
            while (cursor.MoveNext())
            {
                Assert.Equal(Events[(int)cursor.Point.Sequence - 1].Payload.Span, cursor.Current.Payload);
            }
        });
        Assert.Equal("0000000002.segment", thrown.Damage.File);
        Assert.Equal(cursor.Point.Sequence + 1, thrown.Damage.Sequence);
    }

    // Where the last record begins: the last place at which the magic of a record stands.
    private static long LastRecord(SimulatedDisk disk, string name)
    {
        byte[] bytes = new byte[disk.File(name).LengthBytes];
        disk.OpenToRead(name).Read(0, bytes);
        return bytes.AsSpan().LastIndexOf("BJR1"u8) - 4;
    }

    private static void AssertRefused(SimulatedDisk disk)
    {
        Result<Journal> opened = Journal.Open(disk, SampleLog.Small);
        if (opened.IsAccepted) opened.Value.Dispose();
        Assert.False(opened.IsAccepted, "damage was opened");
        Assert.All(opened.Failures, failure => Assert.NotEmpty(failure.File));
    }

    // Refused with its place; or, where nothing was written, cut off or not looked at, with every event still there.
    private static bool IsRefusedOrServedWhole(SimulatedDisk disk, string name)
    {
        Result<Journal> opened = Journal.Open(disk, SampleLog.Small);
        if (!opened.IsAccepted)
        {
            Assert.Contains(
                opened.Failures, failure => failure.Reason == FailureReason.Damaged && failure.File == name);
            return true;
        }

        using Journal journal = opened.Value;
        Assert.Equal(EventCount, SampleLog.AssertHolds(journal, Events, EventCount));
        return false;
    }
}
