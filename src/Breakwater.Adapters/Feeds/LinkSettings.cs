namespace Breakwater.Adapters.Feeds;

/// <summary>How a connection to a venue is made, watched and made again.</summary>
public sealed record LinkSettings
{
    /// <summary>Longest message, bytes; a list of all options of one underlying has about 1.5 million.</summary>
    public int MessageBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Silence after which a connection counts as lost: twice the heartbeat of 10 s asked of Deribit, and a
    /// depth stream is never silent for so long.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for a connection to open, or for a document.</summary>
    public TimeSpan OpenMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a snapshot before it is asked for again.</summary>
    public TimeSpan SnapshotMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before the first attempt to connect again; doubled from attempt to attempt.</summary>
    public TimeSpan BackOffFirst { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between attempts.</summary>
    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(30);
}
