using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Engine.Snapshots;

/// <summary>Memory of a state in canonical bytes: standings, modes, haircuts, windows, beacons, commands.</summary>
internal static class MemoryEncoding
{
    private const int ItemsMax = 1 << 24;
    private const int TextMax = 1 << 16;

    internal static void Write(CanonicalWriter writer, RiskState state)
    {
        writer.Write([.. state.Accounts], static (inner, own) =>
        {
            inner.Write(own.Key);
            Write(inner, own.Value);
        });
        writer.Write([.. state.Modes], static (inner, own) =>
            inner.Write(own.Key).Write((int)own.Value.Mode).Write(own.Value.GoodTicks));
        writer.Write([.. state.Haircuts], static (inner, own) =>
            inner.Write(own.Key).Write(own.Value.InEffectNano).Write(own.Value.At));
        writer.Write([.. state.Windows.Values], static (inner, own) => inner
            .Write(own.Underlying).Write(own.Expiry).Write(own.WindowMilliseconds).Write(own.FixingCount)
            .Write(own.SeenCount).Write(own.SumPico).Write(own.LastFixing));
        writer.Write([.. state.Beacons], static (inner, own) => inner
            .Write(own.Key).Write(own.Value, static (deeper, word) => deeper.Write((int)word)));
        Write(writer, state.Commands.Older);
        Write(writer, state.Commands.Younger);
    }

    internal static RiskState Read(ref CanonicalReader reader, RiskState state) => state with
    {
        Accounts = ReadAccounts(ref reader),
        Modes = ReadModes(ref reader),
        Haircuts = ReadHaircuts(ref reader),
        Windows = ReadWindows(ref reader),
        Beacons = ReadBeacons(ref reader),
        Commands = CommandLog.Of(ReadCommands(ref reader), ReadCommands(ref reader)),
    };

    internal static void Write(CanonicalWriter writer, Failure own) => writer
        .Write((int)own.Reason).Write(own.Message).Write(own.File).Write(own.Place).Write(own.Value).Write(own.Limit);

    private static Failure ReadFailure(ref CanonicalReader reader) => new(
        (FailureReason)reader.Member((int)Enum.GetValues<FailureReason>()[^1]), reader.Text(TextMax),
        reader.Text(TextMax), reader.Text(TextMax), reader.Text(TextMax), reader.Text(TextMax));

    private static void Write(CanonicalWriter writer, AccountStanding own)
    {
        writer.Write(own.Computed.Equity.MicroDollars).Write(own.Computed.Initial.MicroDollars)
            .Write(own.Computed.Target.MicroDollars).Write(own.Computed.Maintenance.MicroDollars)
            .Write((int)own.Computed.Stage).Write(own.Computed.IsLiquidationLikely).Write(own.Computed.Refusals, Write)
            .Write((int)own.Stage).Write(own.BetterTicks).Write(own.Memory is not null);
        if (own.Memory is not { } memory) return;
        writer.Write(memory.Computed.MicroDollars).Write(memory.Past, static (inner, mark) =>
            inner.Write(mark.At).Write(mark.Maintenance.MicroDollars));
    }

    private static AccountStandings ReadAccounts(ref CanonicalReader reader)
    {
        SortedDictionary<string, AccountStanding> accounts = new(StringComparer.Ordinal);
        for (int left = reader.Count(86, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            accounts[reader.Text(LedgerLimits.NameLengthMax)] = ReadStanding(ref reader);
        }

        return AccountStandings.Of(accounts);
    }

    private static AccountStanding ReadStanding(ref CanonicalReader reader)
    {
        (Money equity, Money initial, Money target, Money maintenance) =
            (ReadMoney(ref reader), ReadMoney(ref reader), ReadMoney(ref reader), ReadMoney(ref reader));
        MarginStage computed = (MarginStage)reader.Member((int)MarginStage.Backstop);
        bool isLikely = reader.Bool();
        ImmutableArray<Failure>.Builder refusals = ImmutableArray.CreateBuilder<Failure>();
        for (int left = reader.Count(24, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            refusals.Add(ReadFailure(ref reader));
        }

        MarginStage stage = (MarginStage)reader.Member((int)MarginStage.Backstop);
        int ticks = reader.Int();
        return new AccountStanding(
            new AccountMargin(equity, initial, target, maintenance, computed, refusals.ToImmutable())
            {
                IsLiquidationLikely = isLikely,
            },
            reader.Bool() ? ReadMemory(ref reader) : null, stage, ticks);
    }

    private static MarginMemory? ReadMemory(ref CanonicalReader reader)
    {
        Money computed = ReadMoney(ref reader);
        ImmutableArray<MarginMark>.Builder past = ImmutableArray.CreateBuilder<MarginMark>();
        for (int left = reader.Count(24, ItemsMax); left > 0; left--)
        {
            past.Add(new MarginMark(reader.Time(), ReadMoney(ref reader)));
        }

        if (past.Count > 0) return new MarginMemory(computed, past.ToImmutable());
        reader.Break();
        return null;
    }

    private static Money ReadMoney(ref CanonicalReader reader) => Money.FromMicroDollars(reader.Wide());

    private static ImmutableSortedDictionary<AssetId, MarketStanding> ReadModes(ref CanonicalReader reader)
    {
        var modes = ImmutableSortedDictionary.CreateBuilder<AssetId, MarketStanding>();
        for (int left = reader.Count(13, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetId asset = reader.Asset();
            modes[asset] = new MarketStanding((MarketMode)reader.Member((int)MarketMode.Halted), reader.Int());
        }

        return modes.ToImmutable();
    }

    internal static ImmutableSortedDictionary<AssetId, MarketMode> ReadIndexModes(ref CanonicalReader reader)
    {
        var modes = ImmutableSortedDictionary.CreateBuilder<AssetId, MarketMode>();
        for (int left = reader.Count(9, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            modes[reader.Asset()] = (MarketMode)reader.Member((int)MarketMode.Halted);
        }

        return modes.ToImmutable();
    }

    private static ImmutableSortedDictionary<AssetId, HaircutStanding> ReadHaircuts(ref CanonicalReader reader)
    {
        var haircuts = ImmutableSortedDictionary.CreateBuilder<AssetId, HaircutStanding>();
        for (int left = reader.Count(21, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetId asset = reader.Asset();
            haircuts[asset] = new HaircutStanding(reader.Long(), reader.Time());
        }

        return haircuts.ToImmutable();
    }

    private static ImmutableSortedDictionary<AssetId, SettlementWindow> ReadWindows(ref CanonicalReader reader)
    {
        var windows = ImmutableSortedDictionary.CreateBuilder<AssetId, SettlementWindow>();
        for (int left = reader.Count(45, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetId asset = reader.Asset();
            SettlementWindow? window = SettlementWindow.Restored(
                asset, reader.Time(), reader.Int(), reader.Int(), reader.Int(), reader.Wide(), reader.Int());
            if (window is null) reader.Break();
            else windows[asset] = window;
        }

        return windows.ToImmutable();
    }

    private static ImmutableSortedDictionary<long, ImmutableArray<byte>> ReadBeacons(ref CanonicalReader reader)
    {
        var beacons = ImmutableSortedDictionary.CreateBuilder<long, ImmutableArray<byte>>();
        for (int left = reader.Count(12, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            long epoch = reader.Long();
            byte[] beacon = new byte[reader.Count(4, ItemsMax)];
            for (int index = 0; index < beacon.Length; index++) beacon[index] = (byte)reader.Member(byte.MaxValue);
            beacons[epoch] = [.. beacon];
        }

        return beacons.ToImmutable();
    }

    private static void Write(CanonicalWriter writer, ImmutableSortedDictionary<string, CommandOutcome> commands) =>
        writer.Write([.. commands], static (inner, own) =>
        {
            inner.Write(own.Key).Write(own.Value.Sequence).Write(own.Value.Refusal is not null);
            if (own.Value.Refusal is { } refusal) Write(inner, refusal);
        });

    private static ImmutableSortedDictionary<string, CommandOutcome> ReadCommands(ref CanonicalReader reader)
    {
        var commands = ImmutableSortedDictionary.CreateBuilder<string, CommandOutcome>(StringComparer.Ordinal);
        for (int left = reader.Count(13, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            string id = reader.Text(RiskEventEncoding.CommandIdLengthMax);
            commands[id] = new CommandOutcome(reader.Long(), reader.Bool() ? ReadFailure(ref reader) : null);
        }

        return commands.ToImmutable();
    }
}
