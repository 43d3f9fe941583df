namespace Breakwater.Cli.Loads;

/// <summary>What a request of a load asks.</summary>
internal enum LoadKind
{
    /// <summary>A what-if question: a trade and a deposit of a subaccount. Every one is another question.</summary>
    WhatIf,

    /// <summary>The margin report of a subaccount.</summary>
    Margin,

    /// <summary>The status page.</summary>
    Status,

    /// <summary>A command: a deposit of the least unit of the numeraire, under a name of its own.</summary>
    Command,
}
