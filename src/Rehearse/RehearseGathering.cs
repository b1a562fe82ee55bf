using ReleaseActions.Core;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Rehearse;

/// <summary>Looks up the repository, the commit of its tag, and the policy at that commit.</summary>
internal sealed class RehearseGathering(RehearseRequest request, Readers readers) : IDisposable
{
    private readonly WorkspaceReader _output = Folder(request.Output, readers);

    public async Task<RehearseFacts> GatherAsync(CancellationToken cancellation)
    {
        RefName.Require("tag", request.Tag);
        if (request.Again && !Stage.IsSet(_output))
            throw ActionException.BadInput($"There is no earlier rehearsal in '{_output.Root}'", "Rehearse once without --again");
        var facts = request switch
        {
            { Again: true } => await OfCopyAsync(cancellation),
            { Sample: true } => await OfSampleAsync(cancellation),
            _ => await OfRepositoryAsync(cancellation),
        };
        _ = ReleaseTag.Require(request.Tag, facts.Policy.Version.TagPrefix, facts.Policy.Version.Scheme);
        return facts with { FolderInUse = Stage.MayClear(_output) ? null : _output.Root };
    }

    public void Dispose() => _output.Dispose();

    private async Task<RehearseFacts> OfSampleAsync(CancellationToken cancellation)
    {
        var hasDocker = await HasDockerAsync(cancellation);
        using var bundled = SampleProduct.Bundled(readers.Runner);
        var policy = readers.PolicyOf(SampleProduct.PolicyOf(bundled, hasDocker), request.Tag);
        return new RehearseFacts(SampleProduct.Name, request.Tag, null, policy) { HasDocker = hasDocker };
    }

    private async Task<RehearseFacts> OfRepositoryAsync(CancellationToken cancellation)
    {
        var top = await TopAsync(cancellation);
        var git = readers.Git.In(top);
        var tagged = await git.FindCommitAsync($"refs/tags/{request.Tag}", cancellation);
        var commit = tagged ?? await git.FindCommitAsync("HEAD", cancellation)
            ?? throw ActionException.BadInput($"The repository has no commit that could be tagged {request.Tag}", "Commit something first");
        return await OfCommitAsync(top, commit, cancellation) with { TagExists = tagged is not null };
    }

    private async Task<RehearseFacts> OfCopyAsync(CancellationToken cancellation)
    {
        var work = _output.Resolve("work");
        var commit = await readers.Git.In(work).FindCommitAsync("HEAD", cancellation)
            ?? throw ActionException.BadInput($"The copy at '{work}' has no commit", "Delete the folder and rehearse without --again");
        var facts = await OfCommitAsync(work, commit, cancellation);
        if (request.Sample) return facts with { Name = SampleProduct.Name, Source = null };
        var top = await TopAsync(cancellation);
        return facts with { Name = await NameAsync(top, cancellation), Source = top };
    }

    private async Task<RehearseFacts> OfCommitAsync(string folder, string commit, CancellationToken cancellation)
    {
        var policy = await readers.Git.In(folder).TryAsync(["cat-file", "blob", $"{commit}:{readers.PolicyFile}"], cancellation);
        var read = readers.PolicyOf(policy.Succeeded ? policy.Output : null, request.Tag);
        return new RehearseFacts(await NameAsync(folder, cancellation), request.Tag, commit, read) { Source = folder };
    }

    private async Task<string> TopAsync(CancellationToken cancellation)
    {
        using var given = Folder(request.Repo, readers);
        return given.HasFolder(".") && await readers.Git.In(given.Root).FindTopAsync(cancellation) is { } top
            ? top
            : throw ActionException.BadInput($"'{request.Repo}' is not a git repository", "Name the folder of a clone with --repo");
    }

    private async Task<string> NameAsync(string folder, CancellationToken cancellation) =>
        request.Name ?? NameIn(await readers.Git.In(folder).OriginAsync(cancellation)) ?? "rehearsal/repository";

    // `owner/name` in https://host/owner/name.git, git@host:owner/name or ssh://…; null where it is a path.
    private static string? NameIn(string? address)
    {
        if (address is null || !(address.Contains("://", StringComparison.Ordinal) || address.Contains('@'))) return null;
        var parts = address.Replace(".git", "", StringComparison.Ordinal).TrimEnd('/').Split('/', ':');
        return parts is [.., { Length: > 0 } owner, { Length: > 0 } name] && IsName(owner) && IsName(name) ? $"{owner}/{name}" : null;
    }

    private static bool IsName(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private async Task<bool> HasDockerAsync(CancellationToken cancellation)
    {
        if (!readers.Programs.IsInstalled("docker")) return false;
        var engine = await readers.Programs.RunAsync("docker", ["info", "--format", "{{.ServerVersion}}"], null, cancellation);
        return engine.Succeeded && engine.Output.Trim().Length > 0
            && (await readers.Programs.RunAsync("docker", ["buildx", "inspect"], null, cancellation)).Succeeded;
    }

    private static WorkspaceReader Folder(string path, Readers readers) =>
        new(Path.GetFullPath(path, readers.Files.Root), readers.Runner.Temporary);
}
