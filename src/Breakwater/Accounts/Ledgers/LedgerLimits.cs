namespace Breakwater.Accounts.Ledgers;

/// <summary>Greatest amounts the ledger takes, so that every sum of them stays exact in 128 bits.</summary>
public static class LedgerLimits
{
    /// <summary>Greatest lots of a derivative in one subaccount: 2⁵³, as in <c>MarginAdmission</c>.</summary>
    public static Int128 LotsMax => Int128.One << 53;

    /// <summary>Greatest units of one payment, balance or position value: 2⁹⁶, as in <c>MarginAdmission</c>.</summary>
    public static Int128 UnitsMax => Int128.One << 96;

    /// <summary>Most characters of the name of a subaccount, owner or delegate.</summary>
    public const int NameLengthMax = 64;

    /// <summary>Most characters of the name of a chain.</summary>
    public const int ChainLengthMax = 32;

    /// <summary>Most delegates of one subaccount.</summary>
    public const int DelegatesMax = 16;

    /// <summary>Most decimals of a token.</summary>
    public const int DecimalsMax = 18;

    /// <summary>Decimals of the numeraire: micro-dollars (METHODOLOGY 0).</summary>
    public const int NumeraireDecimals = 6;
}
