using Breakwater.Instruments;

namespace Breakwater.Revaluation;

/// <summary>An instrument that cannot be revalued.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Reason">Why not: expired, or without market, surface, parameters or scenarios, or out of range.</param>
public sealed record RefusedInstrument(Instrument Instrument, Failure Reason);
