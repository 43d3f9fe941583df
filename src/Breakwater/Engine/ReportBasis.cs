using System.Collections.Immutable;
using Breakwater.Attestation;
using Breakwater.Collateral;
using Breakwater.Explanation;
using Breakwater.Margin.Tails;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>What the reports of all accounts in one valuation share: digests of its inputs, its findings, ranks of its
/// scenario sets. Made once, it spares each report most of its work, and changes no bit of it.</summary>
public sealed record ReportBasis
{
    private ReportBasis(MarketValuation valuation, ExplainedMarket explained)
    {
        Valuation = valuation;
        Explained = explained;
        Findings = valuation.Findings;
        Inputs = ReportAssembly.InputsOf(explained.Market, explained.Parameters, explained.Scenarios);
        FreshMarkets = new FreshMarkets(explained, [.. valuation.Arrays.Rows.Select(static row => row.Instrument)]);
        Cores = CoreBasis.Of(explained.Scenarios, explained.Parameters.Margin);
    }

    /// <summary>The valuation.</summary>
    public MarketValuation Valuation { get; }

    /// <summary>The market as explanations take it, with what all accounts hold together.</summary>
    public ExplainedMarket Explained { get; private init; }

    /// <summary>What its stages before the risk arrays found.</summary>
    internal ImmutableArray<Finding> Findings { get; }

    /// <summary>Digests of market, parameters and scenarios.</summary>
    internal ReportDigests Inputs { get; }

    /// <summary>The market with each surface fresh that is not.</summary>
    internal FreshMarkets FreshMarkets { get; }

    /// <summary>What cores share.</summary>
    internal CoreBasis Cores { get; }

    /// <summary>The basis of a valuation: about two milliseconds.</summary>
    /// <param name="valuation">The valuation.</param>
    /// <param name="protocol">What all accounts hold together as collateral beyond its cap.</param>
    public static ReportBasis Of(MarketValuation valuation, ProtocolHoldings protocol) =>
        new(valuation, AccountReport.Explained(valuation, protocol));

    /// <summary>Makes what is otherwise made when a report first needs it: tens of milliseconds where a surface is not
    /// fresh.</summary>
    public void Complete()
    {
        FreshMarkets.Complete();
        Cores.Complete();
    }

    /// <summary>The same where all accounts hold something else together.</summary>
    /// <param name="protocol">What they hold beyond its cap.</param>
    public ReportBasis With(ProtocolHoldings protocol) => this with
    {
        Explained = AccountReport.Explained(Valuation, protocol),
    };
}
