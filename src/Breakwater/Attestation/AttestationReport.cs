using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Attestation;

/// <summary>Names every input of a margin report, and the report itself, by content (INTERFACES 4).</summary>
/// <param name="Market">Of the market snapshot.</param>
/// <param name="Parameters">Of the risk parameters.</param>
/// <param name="Scenarios">Of both scenario sets.</param>
/// <param name="Portfolio">Of the subaccount in canonical form.</param>
/// <param name="Report">Of the report and all of the above.</param>
public sealed record ReportDigests(Digest Market, Digest Parameters, Digest Scenarios, Digest Portfolio, Digest Report);

/// <summary>Canonical statement: inputs by digest, results, versions.</summary>
/// <param name="At">Time of the market snapshot.</param>
/// <param name="MethodologyVersion">Version of the methodology in the source: old reports are replayed by the release
/// that made them.</param>
/// <param name="ParameterVersion">Version of the parameters.</param>
/// <param name="Digests">Digests of inputs and report.</param>
/// <param name="Margin">The margin report.</param>
public sealed record AttestationReport(
    Timestamp At, int MethodologyVersion, int ParameterVersion, ReportDigests Digests, MarginReport Margin);
