namespace Breakwater.Server.Access;

/// <summary>What a key may do (INTERFACES 5). Nothing follows from another: a key has what it lists.</summary>
[Flags]
internal enum Scope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Look at the market, and at the key's subaccounts.</summary>
    Read = 1,

    /// <summary>Move what the key's subaccounts hold, as their owner: withdraw, transfer, let others trade.</summary>
    Trade = 2,

    /// <summary>Report what happened outside: deposits, fills, fees, insurance.</summary>
    Operate = 4,

    /// <summary>Change what is governed: parameters, admitted assets, listed instruments.</summary>
    Govern = 8,
}
