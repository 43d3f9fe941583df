using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server.Live;
using Breakwater.Server.Loop;

namespace Breakwater.Server;

/// <summary>What one server is asked to do.</summary>
/// <param name="DataFolder">Folder of its journal.</param>
/// <param name="Parameters">Governed constants that an empty journal begins with.</param>
/// <param name="Files">The recorded market it replays.</param>
/// <param name="From">Where recorded time begins.</param>
/// <param name="To">Where it ends.</param>
internal sealed record ServeRequest(
    string DataFolder, RiskParameters Parameters, MarketFileSelection Files, Timestamp From, Timestamp To)
{
    /// <summary>Venues to listen to instead of a recorded market; <c>null</c>: none. Of the files only the series are
    /// read then.</summary>
    public LiveSelection? Live { get; init; }

    /// <summary>Seconds of recorded time per second; &gt; 0.</summary>
    public double Speed { get; init; } = 1d;

    /// <summary>File of keys; <c>null</c>: keys are made and printed.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Subaccounts of the demonstration; 0: none.</summary>
    public int PopulationCount { get; init; }

    /// <summary>What the draws of the demonstration depend on.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>Days of margins that are kept for the history of subaccounts; 0: none is kept.</summary>
    public int HistoryDays { get; init; } = 30;

    /// <summary>Limits of the engine.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Where it listens, and limits.</summary>
    public ServerOptions Http { get; init; } = new();
}
