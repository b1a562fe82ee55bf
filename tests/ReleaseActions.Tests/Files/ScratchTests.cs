using ReleaseActions.Core.Files;

namespace ReleaseActions.Tests.Files;

/// <summary>The folder for temporary files.</summary>
public sealed class ScratchTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Row", "S23")]
    public void The_scratch_folder_is_readable_by_this_user_only_and_is_deleted_at_the_end()
    {
        var temporary = _checkout.Aside("temp");
        using (var workspace = new Workspace(_checkout.Root, temporary))
        {
            workspace.WriteText(Path.Combine(workspace.Scratch, "note"), "text");
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            new FileInfo(workspace.Scratch).UnixFileMode.Should().Be(mode);
            workspace.ReadText(Path.Combine(workspace.Scratch, "note")).Should().Be("text");
        }

        Directory.EnumerateFileSystemEntries(temporary).Should().BeEmpty();
    }
}
