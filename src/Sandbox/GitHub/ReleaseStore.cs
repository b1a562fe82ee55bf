using System.Text.Json;

namespace ReleaseActions.Sandbox.GitHub;

/// <summary>The releases and their bytes on disk. Readers see whole snapshots; writers take turns.</summary>
internal sealed class ReleaseStore : IDisposable
{
    private readonly string _file;
    private readonly string _assets;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile ReleaseState _state;

    public ReleaseStore(string folder, long firstAssetId)
    {
        _assets = Directory.CreateDirectory(Path.Combine(folder, "assets")).FullName;
        _file = Path.Combine(folder, "releases.json");
        _state = File.Exists(_file)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(_file), ReleaseStateJson.Default.ReleaseState)!
            : new ReleaseState { NextAssetId = firstAssetId };
    }

    public ReleaseState State => _state;

    public string AssetFile(long id) => Path.Combine(_assets, id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Does one thing at a time: what it decides from <see cref="State"/> still holds when it changes it.</summary>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Within a turn: takes over the new state and writes it down.</summary>
    public void Save(ReleaseState state)
    {
        File.WriteAllBytes(_file + ".new", JsonSerializer.SerializeToUtf8Bytes(state, ReleaseStateJson.Default.ReleaseState));
        File.Move(_file + ".new", _file, overwrite: true);
        _state = state;
    }

    public Release? Find(long id) => _state.Releases.Find(release => release.Id == id);

    public Release? Published(string tag) => _state.Releases.Find(release => !release.Draft && release.TagName == tag);

    public (Release Release, Asset Asset)? FindAsset(long id)
    {
        foreach (var release in _state.Releases)
            if (release.Assets.FirstOrDefault(asset => asset.Id == id) is { } asset) return (release, asset);
        return null;
    }

    /// <summary>Within a turn: puts a changed release in the place of its former self.</summary>
    public Release Replace(Release changed)
    {
        var releases = _state.Releases;
        var at = releases.FindIndex(release => release.Id == changed.Id);
        Save(_state with { Releases = releases.SetItem(at, changed) });
        return changed;
    }

    /// <summary>Within a turn: changes one asset; null where it was deleted meanwhile.</summary>
    public Asset? ReplaceAsset(Asset changed)
    {
        if (FindAsset(changed.Id) is not var (release, asset)) return null;
        Replace(release with { Assets = release.Assets.Replace(asset, changed) });
        return changed;
    }

    public void Dispose() => _turn.Dispose();
}
