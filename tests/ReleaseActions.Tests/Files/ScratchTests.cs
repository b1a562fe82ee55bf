using ReleaseActions.Core.Files;

namespace ReleaseActions.Tests.Files;

/// <summary>The folder for temporary files.</summary>
public sealed class ScratchTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Row", "S23")]
    public void The_scratch_folder_is_this_users_alone_and_goes_away_with_what_is_in_it()
    {
        var temporary = _checkout.Aside("temp");
        using (var workspace = new Workspace(_checkout.Root, temporary))
        {
            workspace.WriteText(Path.Combine(workspace.Scratch, "note"), "text");
            new FileInfo(workspace.Scratch).UnixFileMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            workspace.ReadText(Path.Combine(workspace.Scratch, "note")).Should().Be("text");
        }

        Directory.EnumerateFileSystemEntries(temporary).Should().BeEmpty();
    }
}
