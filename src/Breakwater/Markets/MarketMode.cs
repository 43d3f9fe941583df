namespace Breakwater.Markets;

/// <summary>What may be done in a market (METHODOLOGY 2.4, RELIABILITY 2.5), from best to worst.</summary>
public enum MarketMode
{
    /// <summary>Anything.</summary>
    Normal,

    /// <summary>Only what lowers risk.</summary>
    ReduceOnly,

    /// <summary>Only what lowers risk, and nothing can be margined anew.</summary>
    Halted,
}
