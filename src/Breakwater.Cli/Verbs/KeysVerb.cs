using System.Collections.Immutable;
using System.CommandLine;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Server.Access;

namespace Breakwater.Cli.Verbs;

/// <summary><c>keys new</c>, <c>list</c> and <c>revoke</c>: the file of keys that a server reads.</summary>
internal static class KeysVerb
{
    private const string NewExample =
        "keys new desk keys.json --scopes read trade --subaccounts desk-1 desk-2";

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "keys", "Makes, lists and revokes the keys of a server; its file holds hashes, never secrets.", NewExample);
        verb.Subcommands.Add(New());
        verb.Subcommands.Add(List());
        verb.Subcommands.Add(Revoke());
        return verb;
    }

    private static VerbCommand New()
    {
        VerbCommand verb = new(
            "new",
            "Makes a key: prints its secret once, and adds a row with the hash to the file, which is made if there is "
            + "none. A name that stands there already is refused.",
            NewExample);
        Argument<string> name = Name();
        Argument<string> file = FileArgument();
        Option<string[]> scopes = Several(
            "--scopes", $"What it may do: {KeyFile.ScopeNames.Replace("|", ", ", StringComparison.Ordinal)}.");
        Option<string[]> subaccounts = Several("--subaccounts", "Subaccounts that it sees; * alone: every one.");
        verb.Arguments.Add(name);
        verb.Arguments.Add(file);
        verb.Options.Add(scopes);
        verb.Options.Add(subaccounts);
        verb.Does((shell, parse) => Add(
            shell, parse.GetRequiredValue(file), parse.GetRequiredValue(name), parse.GetRequiredValue(scopes),
            parse.GetRequiredValue(subaccounts)));
        return verb;
    }

    private static VerbCommand List()
    {
        VerbCommand verb = new("list", "Lists the keys of a file: names, scopes, subaccounts.", "keys list keys.json");
        Argument<string> file = FileArgument();
        verb.Arguments.Add(file);
        verb.Does((shell, parse) => Print(shell, parse.GetRequiredValue(file)));
        return verb;
    }

    private static VerbCommand Revoke()
    {
        VerbCommand verb = new(
            "revoke", "Takes a key out of a file; a running server knows it until it is sent SIGHUP.",
            "keys revoke desk keys.json");
        Argument<string> name = Name();
        Argument<string> file = FileArgument();
        verb.Arguments.Add(name);
        verb.Arguments.Add(file);
        verb.Does((shell, parse) => Remove(shell, parse.GetRequiredValue(file), parse.GetRequiredValue(name)));
        return verb;
    }

    private static int Add(Shell shell, string path, string name, string[] scopeNames, string[] subaccounts)
    {
        Result<KeyRing> known = File.Exists(path) ? KeyFile.Load(path) : Result<KeyRing>.Accepted(new KeyRing([]));
        List<Failure> failures = [.. known.Failures];
        if (!ApiKey.IsName(name))
        {
            failures.Add(new Failure(
                FailureReason.Malformed, "no name of a holder", path, "name", name,
                $"1–{ApiKey.NameLengthMax} lower-case letters, digits and -"));
        }

        if (known.IsAccepted && known.Value.Keys.Any(own => own.Name == name))
        {
            failures.Add(new Failure(
                FailureReason.Duplicate, "there is a key of the name", path, "name", name, "revoke it first"));
        }

        failures.AddRange(scopeNames.Where(static own => KeyFile.ScopeOf(own) == Scope.None).Select(own => new Failure(
            FailureReason.Unknown, "no scope", path, "scopes", own, KeyFile.ScopeNames)));
        failures.AddRange(subaccounts.Where(own => own.Length == 0 || (own == "*" && subaccounts.Length > 1)).Select(
            own => new Failure(
                FailureReason.Inconsistent, "no subaccount beside others", path, "subaccounts", own,
                "names, or * alone")));
        if (failures.Count > 0) return Refusals.Print(shell, failures);
        string secret = ApiKey.NewSecret();
        ApiKey key = new(
            name, ApiKey.HashOf(secret),
            scopeNames.Aggregate(Scope.None, static (all, own) => all | KeyFile.ScopeOf(own)),
            [.. subaccounts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            SeesAll: subaccounts[0] == "*");
        if (Saved(shell, path, known.Value.Keys.Add(key)) is { } refused) return refused;
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() =>
            {
                json.WriteString("name", name);
                json.WriteString("secret", secret);
            }));
        }
        else
        {
            shell.Output.WriteLine(secret);
            shell.Error.WriteLine($"{name}: this secret is shown once and kept nowhere; {path} holds its hash");
        }

        return ExitCode.Done;
    }

    private static int Print(Shell shell, string path)
    {
        Result<KeyRing> known = KeyFile.Load(path);
        if (!known.IsAccepted) return Refusals.Print(shell, known.Failures);
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => json.Objects("keys", known.Value.Keys, own =>
            {
                json.WriteString("name", own.Name);
                json.WriteString("scopes", string.Join(' ', KeyFile.NamesOf(own.Scopes)));
                json.WriteString("subaccounts", string.Join(' ', own.Subaccounts));
            })));
            return ExitCode.Done;
        }

        TextTable table = new("key", "scopes", "subaccounts");
        foreach (ApiKey own in known.Value.Keys)
        {
            table.Row(own.Name, string.Join(' ', KeyFile.NamesOf(own.Scopes)), string.Join(' ', own.Subaccounts));
        }

        table.Write(shell.Output);
        return ExitCode.Done;
    }

    private static int Remove(Shell shell, string path, string name)
    {
        Result<KeyRing> known = KeyFile.Load(path);
        if (!known.IsAccepted) return Refusals.Print(shell, known.Failures);
        ImmutableArray<ApiKey> left = known.Value.Keys.RemoveAll(own => own.Name == name);
        if (left.Length == known.Value.Keys.Length)
        {
            return Refusals.Print(
                shell, [new Failure(FailureReason.Unknown, "there is no key of the name", path, "name", name)]);
        }

        if (Saved(shell, path, left) is { } refused) return refused;
        shell.Output.WriteLine($"{name} is out of {path}; {left.Length} keys are left");
        return ExitCode.Done;
    }

    private static int? Saved(Shell shell, string path, ImmutableArray<ApiKey> keys)
    {
        try
        {
            KeyFile.Save(path, new KeyRing(keys));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refusals.Print(shell, [new Failure(FailureReason.Unreadable, exception.Message, path)]);
        }
    }

    private static Argument<string> Name() => new("NAME")
    {
        Description = $"Name of the holder: 1–{ApiKey.NameLengthMax} lower-case letters, digits and -.",
    };

    private static Argument<string> FileArgument() => new("FILE") { Description = "File of keys (JSON)." };

    private static Option<string[]> Several(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME…",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
}
