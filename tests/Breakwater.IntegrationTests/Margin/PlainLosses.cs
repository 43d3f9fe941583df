using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Losses of positions entered at their marks, read off the risk arrays one entry at a time.</summary>
internal static class PlainLosses
{
    /// <summary>[scenario] losses in micro-dollars, positive when bad.</summary>
    public static ImmutableArray<BigInteger> Of(
        Subaccount account, RiskArrays arrays, MarginHorizon horizon, RevaluationTime time, RiskParameters parameters)
    {
        BigInteger[] losses = new BigInteger[arrays.ScenarioCount];
        foreach (Position position in account.Positions)
        {
            int index = arrays.IndexOf(position.Instrument);
            RiskRow row = arrays.Rows[index];
            FundingCharge funding = horizon == MarginHorizon.Maintenance ? row.FundingMaintenance : row.FundingInitial;
            BigInteger lots = (BigInteger)position.Lots;
            BigInteger charge = lots >= 0 ? lots * funding.LongMicroUsd : -lots * funding.ShortMicroUsd;
            ReadOnlySpan<long> entries = arrays.Entries(index, horizon, time);
            for (int scenario = 0; scenario < losses.Length; scenario++)
            {
                losses[scenario] += charge - Profit(position.Instrument, lots, entries[scenario], parameters);
            }
        }

        return [.. losses];
    }

    /// <summary>The greatest dampened loss over scenarios and both times; at least zero.</summary>
    public static Money Worst(Subaccount account, RiskArrays arrays, MarginHorizon horizon, RiskParameters parameters)
    {
        ImmutableArray<BigInteger> frozen = Of(account, arrays, horizon, RevaluationTime.Frozen, parameters);
        ImmutableArray<BigInteger> advanced = Of(account, arrays, horizon, RevaluationTime.Advanced, parameters);
        ScenarioSet set =
            horizon == MarginHorizon.Maintenance ? arrays.Scenarios.Maintenance : arrays.Scenarios.Initial;
        BigInteger worst = 0;
        foreach (Scenario scenario in set.Scenarios)
        {
            BigInteger loss = BigInteger.Max(frozen[scenario.Id], advanced[scenario.Id]) * scenario.DampeningNano;
            BigInteger counted = -Floor(-loss, ScenarioSet.NanoOne);
            worst = BigInteger.Max(worst, counted);
        }

        return Money.FromMicroDollars((Int128)worst);
    }

    /// <summary>Quantile and expected shortfall of the drawn scenarios by their definitions: the least loss that the
    /// tail's weight reaches, and t + Σ w·(L − t)⁺ ÷ tail (Rockafellar, Uryasev 2002), rounded up.</summary>
    /// <param name="account">Positions.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which set.</param>
    /// <param name="tailNumerator">Tail probability, numerator.</param>
    /// <param name="tailDenominator">Its denominator.</param>
    /// <param name="parameters">Token decimals.</param>
    public static (Money Quantile, Money Shortfall) Tail(
        Subaccount account, RiskArrays arrays, MarginHorizon horizon, int tailNumerator, int tailDenominator,
        RiskParameters parameters)
    {
        ImmutableArray<BigInteger> frozen = Of(account, arrays, horizon, RevaluationTime.Frozen, parameters);
        ImmutableArray<BigInteger> advanced = Of(account, arrays, horizon, RevaluationTime.Advanced, parameters);
        ScenarioSet set =
            horizon == MarginHorizon.Maintenance ? arrays.Scenarios.Maintenance : arrays.Scenarios.Initial;
        (BigInteger Loss, int Weight)[] drawn =
        [
            .. set.Scenarios.Where(scenario => scenario.Weight > 0)
                .Select(scenario => (BigInteger.Max(frozen[scenario.Id], advanced[scenario.Id]), scenario.Weight))
                .OrderByDescending(own => own.Item1),
        ];
        BigInteger tail = (BigInteger)ScenarioSet.WeightTotal * tailNumerator / tailDenominator;
        BigInteger seen = 0;
        BigInteger quantile = drawn.First(own => (seen += own.Weight) > tail).Loss;
        BigInteger excess = drawn.Aggregate(
            BigInteger.Zero, (sum, own) => sum + (own.Weight * BigInteger.Max(BigInteger.Zero, own.Loss - quantile)));
        return (
            Money.FromMicroDollars((Int128)quantile),
            Money.FromMicroDollars((Int128)(quantile - Floor(-excess, tail))));
    }

    private static BigInteger Profit(Instrument instrument, BigInteger lots, long entry, RiskParameters parameters)
    {
        BigInteger profit = lots * (lots >= 0 ? entry : entry + 1L);
        return instrument is Spot
            ? Floor(profit, BigInteger.Pow(10, parameters.Find(instrument.Underlying)!.TokenDecimals)) // governed
            : profit;
    }

    private static BigInteger Floor(BigInteger value, BigInteger unit)
    {
        BigInteger quotient = BigInteger.DivRem(value, unit, out BigInteger rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
