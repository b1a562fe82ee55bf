using System.Text;
using System.Text.RegularExpressions;
using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Mends the changelog on a laptop: shows what changes, and writes it unless it is a dry run.</summary>
internal sealed partial class Mending(string path, FactsReading reading, World world)
{
    /// <summary>Mends the file.</summary>
    /// <returns>The text as it is then, or as it would be.</returns>
    /// <exception cref="ActionException">A runner asks for it, or the file is no text (exit 2).</exception>
    public async Task<string> RunAsync(bool isDryRun, CancellationToken cancellation)
    {
        if (world.Runner.IsRunner) throw ActionException.BadInput("`fix` is for a laptop, where a person sees what changes", "Run `changelog-extract --fix` in your checkout, and commit what it wrote");
        var text = await ReadAsync(cancellation);
        var mended = ChangelogFix.Mend(text, reading.Of, world.Policy.Version, await RepositoryUrlAsync(world, cancellation), await reading.ReadTagsAsync(cancellation));
        if (mended == text)
        {
            world.Log.Step("fix", ("file", path), ("status", "nothing-to-do"));
            return text;
        }

        world.Log.Line($"--- {path}\n+++ {path}, mended\n{await world.Git.DiffAsync(world.Workspace, text, mended, cancellation)}");
        if (!isDryRun) world.Workspace.WriteText(path, mended);
        world.Log.Step("fix", ("file", path), ("status", isDryRun ? "dry-run" : "ok"));
        return mended;
    }

    /// <summary>The repository's page: the one of the run, or on a laptop that of origin.</summary>
    public static async Task<string?> RepositoryUrlAsync(World world, CancellationToken cancellation)
    {
        if (world.Runner.Repository is { } repository) return $"{world.Runner.ServerUrl}/{repository}";
        return await world.Git.OriginAsync(cancellation) is { } origin ? PageOf(origin) : null;
    }

    /// <summary>The page of a repository by its address in git, or null where that is none of a server's.</summary>
    internal static string? PageOf(string origin) =>
        Origin().Match(origin) is { Success: true } match ? $"https://{match.Groups["host"].Value}/{match.Groups["name"].Value}" : null;

    // Strictly, and with a byte order mark: what is written back must differ in nothing but what is mended.
    private async Task<string> ReadAsync(CancellationToken cancellation)
    {
        if (!world.Workspace.HasFile(path)) throw ActionException.BadInput($"There is no changelog at '{PlainText.Inert(path)}'", "Name it with `path`");
        try
        {
            using var reader = new StreamReader(world.Workspace.OpenRead(path), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw ActionException.BadInput($"The file '{PlainText.Inert(path)}' is not written in UTF-8", "Save it in UTF-8 first");
        }
    }

    // https://github.com/acme/shop.git, git@github.com:acme/shop.git, ssh://git@github.com/acme/shop
    [GeneratedRegex(@"^(?:https://(?:[^@/]*@)?|ssh://git@|git@)(?<host>[A-Za-z0-9.-]+)[:/](?<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Origin();
}
