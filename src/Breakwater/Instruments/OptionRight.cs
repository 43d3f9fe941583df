namespace Breakwater.Instruments;

/// <summary>Which side of the strike an option pays on. Its <c>default</c> is <see cref="Call"/>.</summary>
public enum OptionRight
{
    /// <summary>Pays max(price − strike, 0).</summary>
    Call,

    /// <summary>Pays max(strike − price, 0).</summary>
    Put,
}
