using System.Globalization;
using System.Net;
using System.Text;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Rehearse;

/// <summary>The page of a rehearsed release: what GitHub and the registry would show, in one file that needs nothing else.</summary>
/// <param name="Name"><c>owner/name</c>.</param>
/// <param name="Release">The release, or null where none was made.</param>
/// <param name="Commit">The released commit.</param>
/// <param name="IsLatest">Whether GitHub would show it as the latest.</param>
/// <param name="Images">The pushed images as <c>reference@digest</c>, with the registry they will have.</param>
/// <param name="Steps">What each step left behind.</param>
internal sealed record ReleasePage(
    string Name, Release? Release, string Commit, bool IsLatest, IReadOnlyList<(string Reference, string Digest)> Images,
    IReadOnlyList<StepResult> Steps)
{
    private const string Server = "https://github.com";

    private References References => new(Server, Name);

    public string ToHtml()
    {
        var title = Release?.Name ?? "No release";
        return $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html(title)} · {Html(Name)}</title>
            <style>
            {Style}
            </style>
            <main>
            <p class="where">{Html(Name)} · rehearsal, nothing here is public</p>
            <h1>{Html(title)} {Badges()}</h1>
            <p class="where">tag <code>{Html(Release?.TagName ?? "–")}</code> · commit <code>{Html(Commit[..12])}</code>{Date()}</p>
            <section class="notes">
            {PageMarkdown.ToHtml(Release?.Body ?? "_The release was not made; the steps below say why._", References)}
            </section>
            {AssetTable()}
            {Verification()}
            {ImageTable()}
            <h2>Steps</h2>
            {string.Concat(Steps.Select(Summary))}
            </main>
            </html>

            """;
    }

    private string Date() =>
        Release?.PublishedAt is { } date ? $" · {date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";

    // An immutable release has an attestation of GitHub's own.
    private string Verification() => Release is { Immutable: true }
        ? $"<h2>Verify</h2><pre><code>{Html($"gh release verify {Release.TagName} --repo {Name}")}</code></pre>" : "";

    private string Badges()
    {
        if (Release is null) return "";
        var badges = new StringBuilder();
        if (IsLatest) badges.Append("<span class=\"badge latest\">Latest</span> ");
        if (Release.Prerelease) badges.Append("<span class=\"badge\">Pre-release</span> ");
        if (Release.Draft) badges.Append("<span class=\"badge\">Draft</span> ");
        return badges.ToString();
    }

    private string AssetTable()
    {
        if (Release is null || Release.Assets.Length == 0) return "<h2>Assets</h2><p>None.</p>";
        var rows = Release.Assets.OrderBy(a => a.Name, StringComparer.Ordinal).Select(AssetRow);
        return $"<h2>Assets</h2><table><tr><th>file</th><th>size</th><th>digest</th></tr>{string.Concat(rows)}</table>";
    }

    private static string AssetRow(Asset asset)
    {
        var (file, label) = (Uri.EscapeDataString(asset.Name), Html(string.IsNullOrEmpty(asset.Label) ? asset.Name : asset.Label));
        var (size, digest) = (Core.Text.Markdown.Size(asset.Size), Html(asset.Digest ?? ""));
        return $"<tr><td><a href=\"assets/{file}\">{label}</a></td><td class=\"size\">{size}</td><td><code>{digest}</code></td></tr>";
    }

    private string ImageTable()
    {
        if (Images.Count == 0) return "";
        var rows = Images.Select(i => $"<tr><td><code>{Html(i.Reference)}</code></td><td><code>{Html(i.Digest)}</code></td></tr>");
        var commands = string.Join('\n', Images.Select(i => $"docker pull {i.Reference}"));
        var table = $"<table><tr><th>image</th><th>digest</th></tr>{string.Concat(rows)}</table>";
        return $"<h2>Images</h2>{table}<pre><code>{Html(commands)}</code></pre>";
    }

    private string Summary(StepResult step)
    {
        var outcome = Html(step.Step.Skipped is { } why ? $"skipped: {why}" : $"exit {(int)step.ExitCode}");
        var heading = $"<b>{Html(step.Step.Action)}</b> <span class=\"where\">{outcome}</span>";
        return $"<details><summary>{heading}</summary>{PageMarkdown.ToHtml(step.Summary, References)}</details>\n";
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """
        :root { color-scheme: light dark; --line: #d0d7de; --soft: #59636e; --field: #f6f8fa; --link: #0969da; }
        @media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #9198a1; --field: #151b23; --link: #4493f8; } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 980px; margin: 2rem auto; padding: 0 1.5rem; }
        h1 { font-size: 1.8rem; margin: .2rem 0; }
        h2 { font-size: 1.3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; margin-top: 2rem; }
        a { color: var(--link); } .where { color: var(--soft); font-size: .9rem; margin: .2rem 0; }
        .badge { font-size: .75rem; font-weight: 500; border: 1px solid var(--soft); color: var(--soft); border-radius: 2em; }
        .badge { padding: .1rem .6rem; vertical-align: middle; }
        .badge.latest { border-color: #1a7f37; color: #1a7f37; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        td, th { border: 1px solid var(--line); padding: .4rem .7rem; text-align: left; overflow-wrap: anywhere; }
        .size { white-space: nowrap; } code { font: .85em ui-monospace, monospace; }
        :not(pre) > code { background: var(--field); padding: .1em .3em; border-radius: 4px; }
        pre { background: var(--field); padding: 1rem; overflow-x: auto; border-radius: 6px; }
        details { border: 1px solid var(--line); border-radius: 6px; padding: .6rem 1rem; margin: .5rem 0; }
        summary { cursor: pointer; } .chart text { fill: currentColor; font-size: 13px; } .chart .chart-title { font-weight: 600; }
        """;
}
