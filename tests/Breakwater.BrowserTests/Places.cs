namespace Breakwater.BrowserTests;

/// <summary>The pages of the dashboard.</summary>
internal static class Places
{
    /// <summary>All of them.</summary>
    /// <param name="account">The subaccount that is looked at.</param>
    /// <param name="underlying">The underlying that is looked at.</param>
    internal static string[] All(string account, string underlying) =>
    [
        "overview", $"subaccount/{Uri.EscapeDataString(account)}", $"surface/{underlying}",
        $"scenarios/{Uri.EscapeDataString(account)}", "operations",
    ];
}
