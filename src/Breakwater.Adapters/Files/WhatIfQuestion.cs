using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Explanation;

namespace Breakwater.Adapters.Files;

/// <summary>A what-if question: what an account would change, and then how the market would move.</summary>
/// <param name="Change">Orders and collateral, at the prices of now.</param>
/// <param name="Moves">Moves of the market after that, in order of underlying; empty: it stands still.</param>
public sealed record WhatIfQuestion(SubaccountChange Change, ImmutableArray<MarketShift> Moves);
