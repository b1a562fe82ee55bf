using System.Reflection;

namespace ReleaseActions.Core;

/// <summary>The version of the suite.</summary>
public static class SuiteVersion
{
    /// <summary>As built, such as <c>1.2.3</c>.</summary>
    public static string Text { get; } = typeof(SuiteVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
