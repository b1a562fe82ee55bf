using System.Reflection;

namespace ReleaseActions.Core;

/// <summary>The version of the suite.</summary>
public static class SuiteVersion
{
    private static readonly Assembly Assembly = typeof(SuiteVersion).Assembly;

    // `1.2.3+COMMIT`: the SDK appends the commit of the sources, where there is one.
    private static readonly string[] Parts =
        Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    private static readonly string? Date =
        Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "CommitDate")?.Value;

    /// <summary>As built, such as <c>1.2.3</c>.</summary>
    public static string Text { get; } = Parts[0];

    /// <summary>With the commit and its date, such as <c>1.2.3 (4f0c…, 2026-11-27)</c>, as far as the build knew them.</summary>
    public static string Full { get; } =
        string.Join(", ", Parts.Skip(1).Append(Date).Where(p => p is { Length: > 0 })) is { Length: > 0 } commit
            ? $"{Text} ({commit})" : Text;
}
