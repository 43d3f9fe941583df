using System.Collections.Immutable;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server.Access;

namespace Breakwater.Server.Api;

/// <summary>A command of a client, read and not yet decided.</summary>
/// <param name="CommandId">The client's name for it.</param>
/// <param name="Scope">Scope that it takes.</param>
/// <param name="Subaccounts">Subaccounts it is about: the key has to see each of them.</param>
/// <param name="Make">Makes the event at an instant, under the engine's name for the command.</param>
internal sealed record ClientCommand(
    string CommandId, Scope Scope, ImmutableArray<string> Subaccounts, Func<Timestamp, string, RiskEvent> Make)
{
    /// <summary>Longest name of a command, characters: holder, a colon and it are the engine's name.</summary>
    internal const int IdLengthMax = RiskEventEncoding.CommandIdLengthMax - ApiKey.NameLengthMax - 1;

    /// <summary>The engine's name for the command: names of two holders never meet.</summary>
    /// <param name="key">Who asks.</param>
    internal string EngineIdOf(ApiKey key) => $"{key.Name}:{CommandId}";
}
