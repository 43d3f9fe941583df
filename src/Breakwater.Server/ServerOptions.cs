using System.Net;

namespace Breakwater.Server;

/// <summary>Where the server listens, and how much it lets one client ask.</summary>
internal sealed record ServerOptions
{
    /// <summary>Address it listens on; loopback unless somebody decides otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0: one that is free.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Requests of one key per second; more are refused. ≥ 1.</summary>
    public int RequestsPerSecond { get; init; } = 5_000;

    /// <summary>Requests of one key at once, after a pause. ≥ 1.</summary>
    public int RequestsBurst { get; init; } = 20_000;

    /// <summary>Requests without a known key per address and second; more are refused. ≥ 1.</summary>
    public int StrangersPerSecond { get; init; } = 100;

    /// <summary>Connections at once. ≥ 1. Who holds them all keeps others out, and one costs kilobytes.</summary>
    public int ConnectionsMax { get; init; } = 16_384;

    /// <summary>Longest time to answer a request that is no stream, seconds. ≥ 1.</summary>
    public int AnswerSecondsMax { get; init; } = 30;
}
