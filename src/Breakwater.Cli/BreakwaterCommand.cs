using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Breakwater.Cli.Terminal;
using Breakwater.Cli.Verbs;

namespace Breakwater.Cli;

/// <summary>The <c>breakwater</c> command: verbs, help and exit codes. Runs in process, so that tests can call
/// it.</summary>
internal static class BreakwaterCommand
{
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Every verb, in the order of the help text.</summary>
    public static IReadOnlyList<VerbCommand> Verbs { get; } =
    [
        PriceVerb.Create(),
        SurfaceVerb.Create(),
        ScenariosVerb.Create(),
        MarginVerb.Create(),
        ReplayVerb.Create(),
        HaircutsVerb.Create(),
        FeedVerb.Create(),
        ServeVerb.Create(),
        KeysVerb.Create(),
        LoadVerb.Create(),
        SiegeVerb.Create(),
        ConformanceVerb.Create(),
        JournalVerb.Create(),
        DrillVerb.Create(),
        BenchmarkVerb.Create(),
    ];

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments after the program's name.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Progress, refusals and usage errors.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            ParseResult parse = Root().Parse(args, Configuration);
            return parse.Action is ParseErrorAction ? ReportUsage(parse, error) : Invoke(parse, output, error);
        }
#pragma warning disable CA1031 // The last line of defence: a defect of ours is said in one sentence, not as a trace.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            error.WriteLine($"breakwater: a defect of ours ({defect.GetType().Name}: {FirstLine(defect.Message)}).");
            error.WriteLine("Nothing was decided. Please report it with the command line and the input files.");
            return ExitCode.Defect;
        }
    }

    private static Command Root()
    {
        Command root = new(
            "breakwater",
            "A predictive margin system: from a market and a portfolio to an initial and a maintenance margin whose "
            + "every line is explained.");
        foreach (VerbCommand verb in Verbs)
        {
            root.Subcommands.Add(verb);
        }

        root.Options.Add(HelpExample.Option());
        root.Options.Add(new VersionOption());
        return root;
    }

    private static int Invoke(ParseResult parse, TextWriter output, TextWriter error) =>
        parse.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });

    private static int ReportUsage(ParseResult parse, TextWriter error)
    {
        if (parse.CommandResult.Command is VerbCommand verb)
        {
            foreach (System.CommandLine.Parsing.ParseError problem in parse.Errors)
            {
                error.WriteLine("breakwater: " + problem.Message);
            }

            error.WriteLine($"usage: see 'breakwater {verb.Path} --help'");
            return ExitCode.Usage;
        }

        error.WriteLine(parse.UnmatchedTokens.Count > 0
            ? $"breakwater: '{parse.UnmatchedTokens[0]}' is no verb"
            : "breakwater: a verb is missing");
        error.WriteLine("usage: see 'breakwater --help'");
        return ExitCode.Usage;
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();
}
