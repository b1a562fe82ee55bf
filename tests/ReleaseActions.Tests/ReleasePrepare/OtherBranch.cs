namespace ReleaseActions.Tests.ReleasePrepare;

/// <summary>A branch that somebody else made, and that differs from an earlier run's in one thing.</summary>
internal static class OtherBranch
{
    public static void Make(Checkout checkout, string branch, string kind, string message)
    {
        checkout.Branch(branch);
        if (kind == "another parent") checkout.Git("reset", "--quiet", "--hard", "HEAD~1");
        const string Link = "[1.2.3]: https://github.com/acme/shop/compare/v1.2.2...v1.2.3\n";
        var changelog = Shop.Changelog
            .Replace("## [Unreleased]\n\n### Fixed", "## [Unreleased]\n\n## [1.2.3] - 2020-02-02\n\n### Fixed", StringComparison.Ordinal)
            .Replace("- Prices", "- All prices", StringComparison.Ordinal)
            .Replace("v1.2.2...HEAD\n", "v1.2.3...HEAD\n" + Link, StringComparison.Ordinal);
        Differ(checkout, kind, "1.2.3", changelog, message);
    }

    /// <summary>Commits and pushes the version's files, which differ in one thing.</summary>
    public static void Differ(Checkout checkout, string kind, string version, string changelog, string message)
    {
        if (kind == "another entry") changelog = changelog.Replace("- First", "- Second", StringComparison.Ordinal);
        if (kind == "another link") changelog = changelog.Replace("releases/tag/v1.2.2", "releases/tag/v1.2.1", StringComparison.Ordinal);
        var said = kind == "another version" ? "1.2.9" : version;
        var scripts = kind == "another script" ? ", \"scripts\": {\"postinstall\": \"theirs\"}" : "";
        checkout.Write("CHANGELOG.md", changelog).Write("package.json", $"{{\"version\": \"{said}\"{scripts}}}\n");
        if (kind == "another mode") checkout.Git("config", "core.fileMode", "false");
        if (kind == "another mode") checkout.Git("update-index", "--chmod=+x", "package.json");
        if (kind == "another file") checkout.Write("app", "theirs");
        checkout.Commit(kind == "another message" ? "Theirs" : message);
        if (kind == "more on top") checkout.Write("CHANGELOG.md", "# Changelog\n\n## [1.2.3]\n\n- B\n").Commit(message);
        checkout.Git("push", "--quiet", "origin", "HEAD");
    }
}
