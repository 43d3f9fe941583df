using System.Diagnostics;
using Breakwater.IntegrationTests.Commands;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>The command <c>dashboard/screenshots</c>: every page of a server as <c>./run</c> starts it, at three
/// widths, light and dark.</summary>
public sealed class Screenshots(Browser browser)
{
    private const string FolderName = "BREAKWATER_PICTURES";
    private const string TourName = "BREAKWATER_TOUR";

    private static readonly Look[] Looks =
    [
        .. from width in (int[])[1440, 1024, 390]
           let day = new Look(width, width == 390 ? 844 : 900, ColorScheme.Light)
           from look in (Look[])[day, day.AtNight]
           select look,
    ];

    [Fact(Explicit = true)]
    public async Task Takes_every_page_at_three_widths_light_and_dark()
    {
        string folder = FolderOf(FolderName, "docs/evidence/dashboard");
        string tour = FolderOf(TourName, "docs/tour");
        using TemporaryFolder data = new();
        using ServedProcess server = await ServedProcess.StartAsync(
            data.PathOf("data"), "--from", "2026-01-28T09:30:00Z", "--speed", "3600", "--tick", "2000",
            "--population", "210", "--port", "0");
        using HttpClient client = server.Client();
        await LivedAsync(client);
        foreach (Look look in Looks)
        {
            await using Visit visit = await Visit.OpenAsync(browser, server.Address, server.Secret, look);
            foreach (string place in Places.All("hedger-001", "BTC"))
            {
                await visit.GoAsync(place);
                await visit.Page.WaitForTimeoutAsync(1_000f); // charts draw their last frame
                string page = place.Split('/')[0];
                await Picture.TakeAsync(visit.Page, Path.Combine(folder, $"{page}-{look}.webp"), isWhole: true);
                if (look != Looks[0]) continue;
                await Picture.TakeAsync(visit.Page, Path.Combine(tour, $"{page}.webp"), isWhole: false);
            }
        }
    }

    // The folder that a variable of the environment names, or one of the repository.
    private static string FolderOf(string variable, string otherwise) =>
        Directory.CreateDirectory(Environment.GetEnvironmentVariable(variable) ?? SampleFiles.Of(otherwise)).FullName;

    // Until two days of the sample market have passed: then there is a past to be shown.
    private static async Task LivedAsync(HttpClient client)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(5))
        {
            string status = await client.GetStringAsync(new Uri("/v1/status", UriKind.Relative));
            string at = System.Text.Json.JsonDocument.Parse(status).RootElement.GetProperty("at").GetString()!;
            if (string.CompareOrdinal(at, "2026-01-30") > 0) return;
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("no time has passed on the server");
    }
}
