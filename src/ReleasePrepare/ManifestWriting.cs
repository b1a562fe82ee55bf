using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Writes a version into a file that has one.</summary>
internal static class ManifestWriting
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>
    /// The text with the version at each of its keys, and every other character unchanged. A spelling that means the version already stays;
    /// a <c>pyproject.toml</c> gets PEP 440's.
    /// </summary>
    /// <param name="place">The file and its keys.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="version">The version.</param>
    /// <param name="order">The policy's order, which decides what a post-release is to Python.</param>
    /// <exception cref="ActionException">The file has no version, or one that cannot be replaced in place (exit 2).</exception>
    public static string Write(this ManifestPlace place, string text, ReleaseVersion version, VersionOrder order)
    {
        var body = text.TrimStart(ByteOrderMark);
        var (keys, versions) = place.Find(body);
        var problems = versions.Select(v => WhyNot(place, v, keys.GetValueOrDefault(v.Key), body)).OfType<Finding>().ToList();
        if (problems.Count > 0) throw new ActionException(ExitCode.BadInput, problems);
        var outdated = versions.Where(v => !place.Means(v.Version!, version, order)).Select(v => v.Key).Distinct();
        var spelling = SpellingOf(place, version, order);
        var (written, spoilt) = KeyedEdits.Write(body, keys, outdated.ToDictionary(key => key, _ => spelling), t => place.Find(t).Keys);
        if (spoilt is null) return text[..^body.Length] + written;
        throw ActionException.BadInput(
            $"Writing {version} into {place} would change '{spoilt}' as well", "Give each key its own value, and run it again");
    }

    // pip reads both spellings, and shows its own: what the file says is what a user sees.
    private static string SpellingOf(ManifestPlace place, ReleaseVersion version, VersionOrder order)
    {
        if (Path.GetFileName(place.File) is "pyproject.toml" or "setup.cfg" or "uv.lock")
            return RegistryNames.Python(version, order) ?? version.Text;
        if (!place.NeedsSemVer) return version.Text;
        return RegistryNames.SemVer(version) ?? throw ActionException.BadInput(
            $"{place} needs a version of SemVer, and {version} has no counterpart there",
            $"Remove it from `version.manifests` of the policy, or name a key that may hold any text, such as {place.File}#config.version");
    }

    private static Finding? WhyNot(ManifestPlace place, ManifestVersion says, KeyedText keyed, string text)
    {
        Finding At(string message, string remedy) => new($"{place}: {message}", remedy, place.File, says.Line);
        if (says.Version is null) return At(says.Problem!, says.Remedy);
        if (keyed.IsAssignedAgain)
            return At(
                $"'{says.Key}' occurs more than once, and which one counts cannot be known",
                "Keep one of them, or name another key as file#key");
        if (!says.Version.All(IsOfVersions))
            return At(
                $"'{says.Key}' holds something other than a plain version", "Let it hold the version alone, or name the key as file#key");
        if (says.Version.Length > 0 && KeyedEdits.StandsThere(text, keyed)) return null;
        return At(
            $"'{says.Key}' is written in a way that cannot be replaced in place",
            "Write the version as a plain text on one line, without escapes and aliases");
    }

    // Anything else, such as an expression or a whole program, would be lost. Python writes epochs with an exclamation mark.
    private static bool IsOfVersions(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '!' or '_';
}
