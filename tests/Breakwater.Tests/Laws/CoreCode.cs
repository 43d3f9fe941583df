using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Breakwater.Tests.Laws;

/// <summary>The compiled core, read as what each type uses: signatures and instructions, lambdas included.</summary>
internal static class CoreCode
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static
        | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The assembly of the core.</summary>
    public static Assembly Assembly { get; } = typeof(Instruments.Instrument).Assembly;

    /// <summary>Every type of the core, in order of name.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [
            .. Assembly.GetTypes()
                .Where(type => type.Namespace?.StartsWith("Breakwater", StringComparison.Ordinal) == true)
                .OrderBy(type => type.FullName, StringComparer.Ordinal),
        ];

    /// <summary>Whether a member was written by the compiler.</summary>
    public static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal)
        || member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>Members that the instructions of a type name.</summary>
    public static IEnumerable<(MethodBase User, MemberInfo Used)> Uses(Type type) =>
        from method in Methods(type)
        let body = method.GetMethodBody()
        where body is not null
        from used in Tokens(method, body)
        select (method, used);

    /// <summary>Types that the signatures of a type name.</summary>
    public static IEnumerable<Type> SignatureTypes(Type type)
    {
        IEnumerable<Type?> named = [type.BaseType, .. type.GetInterfaces()];
        named = named.Concat(type.GetFields(Everything).Select(field => field.FieldType))
            .Concat(type.GetProperties(Everything).Select(property => property.PropertyType))
            .Concat(Methods(type).SelectMany(method => method.GetParameters()).Select(item => item.ParameterType))
            .Concat(type.GetMethods(Everything).Select(method => method.ReturnType))
            .Concat(Methods(type).Select(method => method.GetMethodBody()).OfType<MethodBody>()
                .SelectMany(body => body.LocalVariables).Select(local => local.LocalType));
        return named.OfType<Type>().SelectMany(Parts);
    }

    /// <summary>A type, its element type and its type arguments.</summary>
    public static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything));

    private static IEnumerable<MemberInfo> Tokens(MethodBase method, MethodBody body)
    {
        byte[] code = body.GetILAsByteArray()!;
        Type[] typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            OpCode operation = OpCodesByValue[value];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField
                or OperandType.InlineType or OperandType.InlineTok)
            {
                int token = BitConverter.ToInt32(code, at);
                yield return method.Module.ResolveMember(token, typeArguments, methodArguments)!;
            }

            at += OperandSize(operation.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
