using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Breakwater.Cli.Sieges;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>siege</c>: opens hostile sockets to a server and says whether others noticed.</summary>
internal static class SiegeVerb
{
    private const string ExampleArguments =
        "siege --address http://127.0.0.1:8080 --key bw_SECRET --sockets 50 --seconds 2 --rate 10";

    private static readonly Option<Uri> Address = new("--address")
    {
        Description = "Where the server listens.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        CustomParser = ParseAddress,
    };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "Secret of a key that may read.",
        HelpName = "SECRET",
        Required = true,
    };

    private static readonly Option<int> Sockets = NumberOption.Count(
        "--sockets", "Sockets that besiege", 10_000, 60_000);
    private static readonly Option<int> Seconds = NumberOption.Count("--seconds", "How long", 30, 86_400);
    private static readonly Option<int> Rate = NumberOption.Count(
        "--rate", "Questions a second of somebody who means well", 20, 10_000);

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "siege",
            "Opens hostile sockets to a running server: slow headers and bodies, streams that are never read, floods "
            + "of subscriptions, compression bombs, deep and huge JSON; says whether others noticed and what memory it "
            + "took. Ends with 1 if others were not answered, or anything hostile was.",
            ExampleArguments);
        foreach (Option option in (Option[])[Address, Key, Sockets, Seconds, Rate]) verb.Options.Add(option);
        verb.Does(Run);
        return verb;
    }

    private static int Run(Shell shell, ParseResult parse)
    {
        SiegeRequest request = new(
            parse.GetRequiredValue(Address), parse.GetRequiredValue(Key), parse.GetValue(Sockets),
            TimeSpan.FromSeconds(parse.GetValue(Seconds)), parse.GetValue(Rate));
        try
        {
            using Progress progress = new(shell);
            SiegeResult result = SiegeRun.RunAsync(request, progress.Step).GetAwaiter().GetResult();
            SiegeReport.Write(shell, result);
            return result.IsHeld ? ExitCode.Done : ExitCode.CheckFailed;
        }
        catch (Exception refused) when (refused is HttpRequestException or JsonException or OperationCanceledException)
        {
            return Refusals.Print(
                shell, [new Failure(FailureReason.Unreadable, refused.Message, request.Address.ToString())]);
        }
    }

    private static Uri ParseAddress(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == "http") return address;
        argument.AddError($"--address: '{text}' is no address such as http://127.0.0.1:8080");
        return new Uri("http://127.0.0.1:8080");
    }
}
