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

    [Fact]
    [Trait("Row", "S23")]
    public void What_a_killed_program_left_is_deleted_and_what_a_running_one_has_is_not()
    {
        var temporary = _checkout.Aside("temp");
        using var running = new Workspace(_checkout.Root, temporary);
        running.WriteScratch("key", "running");
        var killed = Directory.CreateDirectory(Path.Combine(temporary, "release-actions-0")).FullName;
        File.WriteAllText(Path.Combine(killed, "key"), "left");
        File.WriteAllText($"{killed}.lock", "");
        // Not ours: a link in the place of a lock, and a pipe, which nothing may wait for.
        File.CreateSymbolicLink(Path.Combine(temporary, "release-actions-1.lock"), Path.Combine(_checkout.Root, ".git/config"));
        var pipe = Path.Combine(temporary, "release-actions-2.lock");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe)!) made.WaitForExit();

        using var next = new Workspace(_checkout.Root, temporary);
        next.WriteScratch("key", "next");

        Directory.Exists(killed).Should().BeFalse();
        File.Exists($"{killed}.lock").Should().BeFalse();
        File.ReadAllText(Path.Combine(running.Scratch, "key")).Should().Be("running");
        File.Exists(Path.Combine(_checkout.Root, ".git/config")).Should().BeTrue();
    }
}
