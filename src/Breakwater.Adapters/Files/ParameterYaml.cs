using System.Collections.Immutable;
using Breakwater.Instruments;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Breakwater.Adapters.Files;

/// <summary>A scalar of a YAML document.</summary>
/// <param name="Path">Dotted path of keys.</param>
/// <param name="Text">The scalar as written.</param>
/// <param name="IsQuoted">Whether it stands in quotes.</param>
/// <param name="Line">Line, from 1.</param>
internal sealed record YamlScalar(string Path, string Text, bool IsQuoted, int Line)
{
    /// <summary>Where it stands, for a refusal.</summary>
    internal string Place => $"line {Line}, {Path}";
}

/// <summary>Reads the YAML that parameter files may contain: nested mappings of plain keys to scalars.</summary>
/// <remarks>
/// Refused: duplicate keys, sequences, anchors, aliases, tags, several documents, directives, depth over 6: a file that
/// a vote decides on must read the same for everybody.
/// </remarks>
internal static class ParameterYaml
{
    private const int DepthMax = 6;

    /// <summary>Every scalar in file order.</summary>
    internal static Result<ImmutableArray<YamlScalar>> Read(string file, string text)
    {
        ImmutableArray<YamlScalar>.Builder scalars = ImmutableArray.CreateBuilder<YamlScalar>();
        if (text.AsSpan().IndexOfAnyInRange('\0', '\b') is var control and >= 0)
        {
            // the scanner lets them pass in comments
            return Malformed(file, $"character {control}", "the text holds a control character");
        }

        try
        {
            Parser parser = new(new StringReader(text));
            Failure? failure = ReadStream(parser, scalars);
            return failure is null
                ? Result<ImmutableArray<YamlScalar>>.Accepted(scalars.ToImmutable())
                : Result<ImmutableArray<YamlScalar>>.Refused(failure with { File = file });
        }
        catch (YamlException exception)
        {
            return Malformed(file, $"line {exception.Start.Line}", "the text is not YAML");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException
            or OverflowException or FormatException or IndexOutOfRangeException)
        {
            // The YAML scanner answers some malformed texts with exceptions of other types than its own.
            return Malformed(file, string.Empty, "the text is not YAML");
        }
    }

    private static Result<ImmutableArray<YamlScalar>> Malformed(string file, string place, string message) =>
        Result<ImmutableArray<YamlScalar>>.Refused(new Failure(FailureReason.Malformed, message, file, place));

    private static Failure? ReadStream(Parser parser, ImmutableArray<YamlScalar>.Builder scalars)
    {
        parser.Consume<StreamStart>();
        if (Take<DocumentStart>(parser) is not { } document || document.Version is not null)
        {
            return Refuse(parser.Current, FailureReason.Malformed, string.Empty, "a document without directives");
        }

        if (Take<MappingStart>(parser) is not { } mapping)
        {
            return Refuse(parser.Current, FailureReason.Malformed, string.Empty, "a mapping");
        }

        Failure? failure = CheckNode(mapping, string.Empty) ?? ReadMapping(parser, string.Empty, 1, scalars);
        if (failure is not null)
        {
            return failure;
        }

        parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out _)
            ? null
            : Refuse(parser.Current, FailureReason.Malformed, string.Empty, "one document");
    }

    private static Failure? ReadMapping(
        Parser parser, string path, int depth, ImmutableArray<YamlScalar>.Builder scalars)
    {
        SortedSet<string> keys = new(StringComparer.Ordinal);
        while (Take<MappingEnd>(parser) is null)
        {
            if (Take<Scalar>(parser) is not { } key)
            {
                return Refuse(parser.Current, FailureReason.Malformed, path, "a plain key");
            }

            string child = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            Failure? failure = CheckNode(key, child)
                ?? (IsKey(key.Value)
                    ? null
                    : Refuse(key, FailureReason.Malformed, child, "a key of letters and digits"))
                ?? (keys.Add(key.Value) ? null : Refuse(key, FailureReason.Duplicate, child, "each key once"))
                ?? ReadValue(parser, child, depth, scalars);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private static Failure? ReadValue(
        Parser parser, string path, int depth, ImmutableArray<YamlScalar>.Builder scalars)
    {
        if (Take<Scalar>(parser) is { } scalar)
        {
            scalars.Add(new YamlScalar(path, scalar.Value, scalar.Style != ScalarStyle.Plain, (int)scalar.Start.Line));
            return CheckNode(scalar, path);
        }

        if (Take<MappingStart>(parser) is not { } mapping)
        {
            return Refuse(parser.Current, FailureReason.Malformed, path, "a value or a mapping");
        }

        return depth == DepthMax
            ? Refuse(mapping, FailureReason.TooLarge, path, $"depth {DepthMax}")
            : CheckNode(mapping, path) ?? ReadMapping(parser, path, depth + 1, scalars);
    }

    private static Failure? CheckNode(NodeEvent node, string path) =>
        node.Anchor.IsEmpty && node.Tag.IsEmpty
            ? null
            : Refuse(node, FailureReason.Malformed, path, "no anchors, aliases or tags");

    private static T? Take<T>(Parser parser)
        where T : ParsingEvent => parser.Accept<T>(out _) ? parser.Consume<T>() : null;

    private static bool IsKey(string text) => text.Length is >= 1 and <= 64 && text.All(char.IsAsciiLetterOrDigit);

    private static Failure Refuse(ParsingEvent? at, FailureReason reason, string path, string limit) => new(
        reason,
        $"{(path.Length == 0 ? "the document" : Excerpt.Of(path))} is refused: expected {limit}",
        Place: $"line {at?.Start.Line ?? 0}" + (path.Length == 0 ? string.Empty : $", {Excerpt.Of(path)}"),
        Limit: limit);
}
