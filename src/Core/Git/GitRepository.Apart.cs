namespace ReleaseActions.Core.Git;

/// <summary>A repository in which something is worked out or made before anybody else has it.</summary>
public sealed partial class GitRepository
{
    /// <summary>
    /// A bare repository with the same remote, for commits that are not there yet and for questions in which attributes and settings of a
    /// checkout must have no part. On a runner it is the run's own repository; on a laptop another one, which borrows the checkout's
    /// objects where it has them all. Nothing can be pushed from it but by <see cref="GitWriter.Apart"/>.
    /// </summary>
    /// <param name="cancellation">Stops git.</param>
    /// <exception cref="ActionException">The checkout has no origin (exit 4).</exception>
    public async Task<GitRepository> ApartAsync(CancellationToken cancellation)
    {
        var apart = Apart;
        if (Own is not null || Directory.Exists(apart.Folder)) return apart;
        Directory.CreateDirectory(apart.Folder!);
        await apart.RunAsync(["init", "--quiet", "--bare", "--template="], cancellation);
        var isPartial = (await TryAsync(["config", "--get", "extensions.partialClone"], cancellation)).Succeeded;
        if (!isPartial && !await IsShallowAsync(cancellation))
        {
            var objects = await RunAsync(["rev-parse", "--path-format=absolute", "--git-path", "objects"], cancellation);
            Directory.CreateDirectory(Path.Combine(apart.Folder!, "objects/info"));
            await File.WriteAllTextAsync(Path.Combine(apart.Folder!, "objects/info/alternates"), objects.Output, cancellation);
        }

        var fetched = (await RunAsync(["remote", "get-url", "origin"], cancellation)).Output.Trim();
        var pushed = (await RunAsync(["remote", "get-url", "--push", "origin"], cancellation)).Output.Trim();
        await apart.SetOriginAsync(await AbsoluteAsync(fetched, cancellation), cancellation);
        if (pushed == fetched) return apart;
        await apart.RunAsync(["config", "remote.origin.pushurl", await AbsoluteAsync(pushed, cancellation)], cancellation);
        return apart;
    }

    /// <summary>The repository that <see cref="ApartAsync"/> made.</summary>
    internal GitRepository Apart => new(_commands, _runner, _token, _files, _network)
    {
        Own = Own,
        Folder = Own is null ? Path.Combine(_files.Scratch, "apart.git") : null,
        IsApart = true,
        MayWrite = true,
    };

    // `../shop.git` is meant from the top of the checkout.
    private async Task<string> AbsoluteAsync(string address, CancellationToken cancellation)
    {
        if (address.Contains("://", StringComparison.Ordinal) || Path.IsPathRooted(address) || IsOverSsh(address)) return address;
        return Path.GetFullPath(address, await FindTopAsync(cancellation) ?? "/");
    }

    // host:path
    private static bool IsOverSsh(string address) =>
        address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !address[..colon].Contains('/', StringComparison.Ordinal);
}
