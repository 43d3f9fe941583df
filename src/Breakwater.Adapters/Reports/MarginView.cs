using Breakwater.Attestation;
using Breakwater.Explanation;

namespace Breakwater.Adapters.Reports;

/// <summary>A report and how much of it to show.</summary>
/// <param name="Report">The report.</param>
/// <param name="Market">The market it is about.</param>
/// <param name="IsExplained">Whether contributions, worst scenarios and sensitivities are shown.</param>
internal sealed record MarginView(AttestationReport Report, ExplainedMarket Market, bool IsExplained)
{
    /// <summary>What was worked out to explain it; <c>null</c> where nobody asked.</summary>
    public AccountExplanation? Explanation { get; init; }
}
