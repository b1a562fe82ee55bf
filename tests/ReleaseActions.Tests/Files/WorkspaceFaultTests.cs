using ReleaseActions.Core;
using ReleaseActions.Core.Files;

namespace ReleaseActions.Tests.Files;

/// <summary>A file that cannot be opened or written is an error with its name and a remedy, not a defect.</summary>
public sealed class WorkspaceFaultTests : IDisposable
{
    private readonly Checkout _checkout = new Checkout().Write("dist/a.txt", "a");

    public void Dispose() => _checkout.Dispose();

    private Workspace Workspace => new(_checkout.Root, _checkout.Aside("temp"));

    [Fact]
    public void A_file_that_does_not_exist_cannot_be_opened() =>
        FluentActions.Invoking(() => Workspace.OpenRead("gone.tar")).Should().Throw<ActionException>()
            .WithMessage("The file 'gone.tar' cannot be read: *").Which.ExitCode.Should().Be(ExitCode.BadInput);

    [Fact]
    [Trait("Row", "F34")]
    public async Task A_stream_is_not_written_over_a_folder() =>
        (await FluentActions.Awaiting(() => Workspace.WriteAsync("dist", new MemoryStream([1]), CancellationToken.None))
            .Should().ThrowAsync<ActionException>())
            .WithMessage("'dist' is a folder, *").Which.ExitCode.Should().Be(ExitCode.BadInput);
}
