using Breakwater.Adapters.Storage;
using Breakwater.Engine;

namespace Breakwater.Server.Loop;

/// <summary>An event of the engine as the journal takes it.</summary>
internal static class EventEntry
{
    /// <summary>The entry of an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="bytes">Its canonical bytes.</param>
    internal static JournalEntry Of(RiskEvent happened, ReadOnlyMemory<byte> bytes) => new(
        RiskEventEncoding.KindOf(happened), happened.At,
        RiskEventEncoding.CommandIdOf(happened) is { Length: > 0 } name
            ? CommandId.Of(string.Empty, name)
            : CommandId.None,
        bytes);
}
