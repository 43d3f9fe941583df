using System.Text;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>An option named in a chain file, with what its rows are compared with.</summary>
internal sealed class ListedOption(VanillaOption option)
{
    /// <summary>The option.</summary>
    internal VanillaOption Option { get; } = option;

    /// <summary>Name of its underlying, bytes.</summary>
    internal byte[] Currency { get; } = Encoding.ASCII.GetBytes(option.Underlying.Name);

    /// <summary><c>C</c> or <c>P</c>, bytes.</summary>
    internal byte[] Side { get; } = option.Right == OptionRight.Call ? [(byte)'C'] : [(byte)'P'];

    /// <summary>Strike, USD.</summary>
    internal double StrikeUsd { get; } = (double)option.StrikeUsd;

    /// <summary>Snapshot of its last row.</summary>
    internal Timestamp? Last { get; set; }
}

/// <summary>Instruments of one chain file, each name parsed once.</summary>
internal sealed class ChainInstruments
{
    private const int NameLengthMax = 64;

    private readonly Dictionary<string, ListedOption?> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ListedOption?>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly SortedDictionary<AssetId, Timestamp> _newest = [];
    private AssetId? _lastAsset;
    private Timestamp _lastSnapshot;

    internal ChainInstruments() => _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The option a row names, or <c>null</c> with a refusal.</summary>
    internal ListedOption? Find(CsvTable table, int column)
    {
        ReadOnlySpan<byte> bytes = table[column];
        Span<char> name = stackalloc char[NameLengthMax];
        ListedOption? listed = null;
        if (bytes.Length is > 0 and <= NameLengthMax)
        {
            int length = Encoding.ASCII.GetChars(bytes, name);
            if (!_lookup.TryGetValue(name[..length], out listed))
            {
                listed = Parse(name[..length].ToString());
                _byName[name[..length].ToString()] = listed;
            }
        }

        if (listed is null)
        {
            table.Refuse(
                FailureReason.UnknownInstrument, "instrument is no inverse option", bytes,
                "such as BTC-27MAR26-90000-C");
        }

        return listed;
    }

    /// <summary>Whether the row may follow the rows before it: snapshots of an underlying do not fall, and an
    /// instrument stands once in each.</summary>
    internal bool IsNext(CsvTable table, in ChainColumns columns, ListedOption listed, Timestamp snapshot)
    {
        AssetId asset = listed.Option.Underlying;
        if (listed.Last == snapshot)
        {
            table.Refuse(
                FailureReason.Duplicate, "the instrument stands twice in its snapshot", table[columns.Instrument]);
            return false;
        }

        if (asset != _lastAsset || snapshot != _lastSnapshot)
        {
            if (_newest.TryGetValue(asset, out Timestamp newest) && snapshot < newest)
            {
                table.Refuse(
                    FailureReason.OutOfOrder, "snapshots must not go back in time", table[columns.Snapshot],
                    $"≥ {newest}");
                return false;
            }

            _newest[asset] = snapshot;
            (_lastAsset, _lastSnapshot) = (asset, snapshot);
        }

        listed.Last = snapshot;
        return true;
    }

    private static ListedOption? Parse(string name) =>
        InstrumentName.TryParse(name, out Instrument? instrument)
            && instrument is VanillaOption { Settlement: Settlement.Inverse } option
            ? new ListedOption(option)
            : null;
}
