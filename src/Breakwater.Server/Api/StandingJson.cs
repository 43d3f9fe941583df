using System.Text.Json;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Parameters;

namespace Breakwater.Server.Api;

/// <summary>Where a subaccount stands, as lists and streams show it: what is in effect, not only what is computed.
/// </summary>
internal static class StandingJson
{
    /// <summary>Writes the members.</summary>
    internal static void Write(Utf8JsonWriter json, string account, AccountStanding standing, RiskParameters parameters)
    {
        json.WriteString("subaccount", account);
        json.WriteString("stage", standing.Stage.ToString());
        json.WriteString("equity", standing.Equity.ToString());
        json.WriteString("initialMargin", standing.Computed.Initial.ToString());
        json.WriteString("maintenanceMargin", standing.Computed.Maintenance.ToString());
        json.WriteString("initialInEffect", standing.InitialInEffect(parameters.Margin).ToString());
        json.WriteString("maintenanceInEffect", standing.MaintenanceInEffect.ToString());
        json.WriteBoolean("liquidationLikely", standing.Computed.IsLiquidationLikely);
        if (!standing.Computed.IsKnown)
        {
            json.Objects(
                "refusals", standing.Computed.Refusals, failure => FindingJson.WriteMembers(json, failure));
        }
    }
}
