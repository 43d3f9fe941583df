namespace Breakwater.Accounts.Ledgers;

/// <summary>On whose word a transition lowers a subaccount (L3). A closed hierarchy.</summary>
public abstract record Mandate
{
    private Mandate()
    {
    }

    /// <summary>The owner, or for trades a delegate of his.</summary>
    /// <param name="Name">Name of the party; held against the subaccount.</param>
    public sealed record Party(string Name) : Mandate;

    /// <summary>Liquidation: the ladder of the methodology, section 6, decided it.</summary>
    public sealed record Liquidation : Mandate;
}
