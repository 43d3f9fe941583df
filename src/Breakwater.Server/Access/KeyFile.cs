using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Reports;
using Breakwater.Instruments;

namespace Breakwater.Server.Access;

/// <summary>Reads the file of keys: <c>{ "keys": [ { "name", "sha256", "scopes": [ … ], "subaccounts": [ … ] } ] }</c>;
/// <c>"*"</c> among the subaccounts means all of them.</summary>
internal static class KeyFile
{
    private const int HashDigits = 64;
    private const int RowsMax = 10_000;
    /// <summary>Names of scopes, one after another.</summary>
    internal const string ScopeNames = "read|trade|operate|govern";

    /// <summary>Reads a file; refused whole if anything in it is.</summary>
    /// <param name="path">The file.</param>
    internal static Result<KeyRing> Load(string path)
    {
        List<Failure> failures = [];
        JsonValue? root = StrictJson.Load(path, failures);
        List<ApiKey> keys = [];
        if (root is not null)
        {
            foreach (JsonValue row in new JsonFields(root, path, failures, "keys").Array("keys").Take(RowsMax))
            {
                ApiKey key = Read(row, path, failures);
                if (keys.Exists(own => own.Name == key.Name || own.Hash.AsSpan().SequenceEqual(key.Hash.AsSpan())))
                {
                    failures.Add(new Failure(
                        FailureReason.Duplicate, "the name or the secret stands twice", path, row.Path, key.Name));
                }

                keys.Add(key);
            }
        }

        return failures.Count == 0
            ? Result<KeyRing>.Accepted(new KeyRing([.. keys]))
            : Result<KeyRing>.Refused(failures);
    }

    /// <summary>Writes a file whole, or leaves the one that is there: beside it, then in its place. Only its owner may
    /// read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ring">Every key.</param>
    /// <exception cref="IOException">It cannot be written, or somebody else writes it.</exception>
    internal static void Save(string path, KeyRing ring)
    {
        string beside = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(beside, options))
        {
            file.Write(JsonOutput.Bytes(json => json.Object(() => json.Objects(
                "keys", ring.Keys, own => Write(json, own)))).Span);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>A scope by its name; <see cref="Scope.None"/> if there is none of it.</summary>
    /// <param name="name">The name.</param>
    internal static Scope ScopeOf(string name) => name switch
    {
        "read" => Scope.Read,
        "trade" => Scope.Trade,
        "operate" => Scope.Operate,
        "govern" => Scope.Govern,
        _ => Scope.None,
    };

    /// <summary>Names of scopes, in their order.</summary>
    /// <param name="scopes">The scopes.</param>
    internal static IEnumerable<string> NamesOf(Scope scopes) =>
        ScopeNames.Split('|').Where(name => scopes.HasFlag(ScopeOf(name)));

    private static void Write(Utf8JsonWriter json, ApiKey key)
    {
        json.WriteString("name", key.Name);
        json.WriteString("sha256", Convert.ToHexStringLower(key.Hash.AsSpan()));
        json.WriteStartArray("scopes");
        foreach (string own in NamesOf(key.Scopes)) json.WriteStringValue(own);
        json.WriteEndArray();
        json.WriteStartArray("subaccounts");
        foreach (string own in key.Subaccounts) json.WriteStringValue(own);
        json.WriteEndArray();
    }

    private static ApiKey Read(JsonValue row, string path, List<Failure> failures)
    {
        JsonFields fields = new(row, path, failures, "name", "sha256", "scopes", "subaccounts");
        string name = fields.Text("name", "the name of the holder");
        if (name.Length > 0 && !ApiKey.IsName(name))
        {
            fields.RefuseMember(
                FailureReason.Malformed, "no name of a holder", "name",
                $"1–{ApiKey.NameLengthMax} lower-case letters, digits and -");
        }

        string digits = fields.Text("sha256", "64 hexadecimal digits");
        bool isHash = digits.Length == HashDigits && digits.All(char.IsAsciiHexDigit);
        if (digits.Length > 0 && !isHash)
        {
            fields.RefuseMember(FailureReason.Malformed, "no SHA-256", "sha256", "64 hexadecimal digits");
        }

        Scope scopes = Scope.None;
        foreach (string own in Texts(fields, "scopes"))
        {
            Scope scope = ScopeOf(own);
            if (scope == Scope.None) fields.RefuseMember(FailureReason.Unknown, "no scope", "scopes", ScopeNames);
            scopes |= scope;
        }

        string[] subaccounts = [.. Texts(fields, "subaccounts").Order(StringComparer.Ordinal)];
        return new ApiKey(
            name, isHash ? [.. Convert.FromHexString(digits)] : [], scopes, [.. subaccounts],
            subaccounts.Contains("*", StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts(JsonFields fields, string name)
    {
        foreach (JsonValue item in fields.Array(name))
        {
            if (item.Kind != JsonKind.Text)
            {
                fields.RefuseMember(FailureReason.Malformed, "no list of texts", name, "a list of texts");
            }

            yield return item.Text;
        }
    }
}
