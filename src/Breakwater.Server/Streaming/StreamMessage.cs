using System.Globalization;
using System.Text;

namespace Breakwater.Server.Streaming;

/// <summary>What a message is about (INTERFACES 5).</summary>
[Flags]
internal enum Topics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Markets, as valued at a tick.</summary>
    Market = 1,

    /// <summary>Where a subaccount stands, at a tick.</summary>
    Margin = 2,

    /// <summary>A subaccount moved on the ladder; a market got another mode.</summary>
    Action = 4,

    /// <summary>A report was made.</summary>
    Report = 8,

    /// <summary>All of them.</summary>
    All = Market | Margin | Action | Report,
}

/// <summary>Place of a message in the stream: the event it follows from, and its number among those.</summary>
/// <param name="Sequence">Sequence of the engine after the batch.</param>
/// <param name="Index">Number within the batch, from 0.</param>
internal readonly record struct StreamPlace(long Sequence, int Index) : IComparable<StreamPlace>
{
    /// <inheritdoc/>
    public int CompareTo(StreamPlace other) =>
        Sequence != other.Sequence ? Sequence.CompareTo(other.Sequence) : Index.CompareTo(other.Index);

    /// <summary>As clients see it: <c>sequence-index</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{Index}");

    /// <summary>Reads a place.</summary>
    /// <param name="text">Text of a client.</param>
    /// <param name="place">The place.</param>
    internal static bool TryParse(string? text, out StreamPlace place)
    {
        place = default;
        string[] parts = text?.Split('-') ?? [];
        if (parts.Length != 2 || !TryWhole(parts[0], out long sequence) || !TryWhole(parts[1], out long index)
            || index > int.MaxValue)
        {
            return false;
        }

        place = new StreamPlace(sequence, (int)index);
        return true;
    }

    private static bool TryWhole(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>One message of the stream.</summary>
/// <param name="Place">Where in the stream.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Subject">Subaccount or market that it is about: of state, only the newest of a subject counts.</param>
/// <param name="Subaccount">Subaccount whose keys alone see it; <c>null</c>: everybody.</param>
/// <param name="Json">Its document, one line.</param>
internal sealed record StreamMessage(
    StreamPlace Place, Topics Topic, string Subject, string? Subaccount, string Json)
{
    /// <summary>Whether a newer message of the same subject makes it superfluous.</summary>
    internal bool IsState => Topic is Topics.Market or Topics.Margin;

    /// <summary>Name of the topic.</summary>
    internal string Name => Topic.ToString().ToLowerInvariant();

    /// <summary>As a server-sent event.</summary>
    internal byte[] ToEvent() => Encoding.UTF8.GetBytes($"id: {Place}\nevent: {Name}\ndata: {Json}\n\n");

    /// <summary>As a message of a WebSocket.</summary>
    internal byte[] ToFrame() =>
        Encoding.UTF8.GetBytes($"{{\"id\":\"{Place}\",\"topic\":\"{Name}\",\"data\":{Json}}}");
}
