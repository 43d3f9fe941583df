using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Breakwater.Cli.Loads;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>load</c>: puts a load on a running server and says how long its answers took.</summary>
internal static class LoadVerb
{
    private const string ExampleArguments =
        "load --address http://127.0.0.1:8080 --key bw_SECRET --rate 200 --seconds 1 --mix what-if=8 margin=1 status=1";

    private const double RateMax = 100_000;
    private const double SecondsMax = 86_400;
    private const long RequestsMax = 50_000_000; // all are kept until the end

    private static readonly Option<Uri> Address = new("--address")
    {
        Description = "Where the server listens.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        CustomParser = ParseAddress,
    };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "Secret of a key that sees the subaccounts asked of; commands need the scope operate.",
        HelpName = "SECRET",
        Required = true,
    };

    private static readonly Option<double> Rate = NumberOption.Create(
        "--rate", 200, "Requests a second, sent whether or not answers come.", RateMax);

    private static readonly Option<double> Seconds = NumberOption.Create("--seconds", 10, "How long.", SecondsMax);
    private static readonly Option<double> WarmUp = NumberOption.Create(
        "--warm-up", 2, "Seconds of the same before, which do not count.", SecondsMax, isZero: true);

    private static readonly Option<LoadMix> Mix = new("--mix")
    {
        Description = "Shares of what is asked: what-if, margin, status, command. Commands are deposits of 0.000001 "
            + "USDC that are really made.",
        HelpName = "KIND=SHARE…",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => LoadMix.WhatIfOnly,
        CustomParser = ParseMix,
    };

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "load",
            "Asks a running server at a fixed rate, and says how long answers took and whether the engine kept its "
            + "ticks; ends with 1 if a request got no answer, or one that is neither success nor the refusal of a "
            + "what-if question by the mode of its market.",
            ExampleArguments);
        foreach (Option option in (Option[])[Address, Key, Rate, Seconds, WarmUp, Mix]) verb.Options.Add(option);
        verb.Does(Run);
        return verb;
    }

    private static int Run(Shell shell, ParseResult parse)
    {
        LoadRequest request = new(
            parse.GetRequiredValue(Address), parse.GetRequiredValue(Key), parse.GetValue(Rate),
            TimeSpan.FromSeconds(parse.GetValue(Seconds)), TimeSpan.FromSeconds(parse.GetValue(WarmUp)),
            parse.GetRequiredValue(Mix));
        if (request.TotalCount > RequestsMax)
        {
            return Refusals.Print(shell, [new Failure(
                FailureReason.TooLarge, "the load has too many requests", Value: $"{request.TotalCount}",
                Limit: $"{RequestsMax}")]);
        }

        try
        {
            using Progress progress = new(shell);
            LoadResult result = LoadRun.RunAsync(request, () => progress.Step("load")).GetAwaiter().GetResult();
            LoadReport.Write(shell, result);
            return result.Tallies.All(static own => own.FailedCount == 0) ? ExitCode.Done : ExitCode.CheckFailed;
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
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        argument.AddError($"--address: '{text}' is no address such as http://127.0.0.1:8080");
        return new Uri("http://127.0.0.1:8080");
    }

    private static LoadMix ParseMix(ArgumentResult argument)
    {
        if (LoadMix.TryParse([.. argument.Tokens.Select(static own => own.Value)], out LoadMix? mix) is { } refused)
        {
            argument.AddError($"--mix: {refused}");
        }

        return mix ?? LoadMix.WhatIfOnly;
    }
}
