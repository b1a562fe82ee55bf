using System.Text;

namespace ReleaseActions.Core.Files;

/// <summary>A file that the runner names, outside the checkout. An earlier step may have put something else in its place.</summary>
/// <param name="variable">The variable that names it, for messages.</param>
/// <param name="path">Where it is.</param>
internal sealed class RunnersFile(string variable, string path)
{
    // GitHub's payloads have at most 25 MB.
    private const int MostBytes = 32 * 1024 * 1024;

    /// <summary>Its text.</summary>
    /// <exception cref="ActionException">It is no regular file, is too large, or cannot be read (exit 2).</exception>
    public string ReadText()
    {
        try
        {
            using var held = Hold() ?? throw new FileNotFoundException("there is no such file");
            if (held.Size > MostBytes)
                throw ActionException.BadInput(
                    $"The file that {variable} names has {held.Size:#,0} bytes", "At most 32 MiB are read: find the step that changed it");
            using var stream = held.Read();
            var bytes = new byte[held.Size];
            return Encoding.UTF8.GetString(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = HeldPath.ReasonOf(e, path);
            throw ActionException.BadInput(
                $"The file '{path}' that {variable} names could not be read: {reason}", "See that the step may read it");
        }
    }

    /// <summary>Adds text at its end; it is made if it does not exist.</summary>
    /// <exception cref="ActionException">It is no regular file (exit 2), or cannot be written (exit 4).</exception>
    public void Append(string text)
    {
        try
        {
            using var held = Hold();
            // CreateNew follows no link.
            var options = new FileStreamOptions { Mode = held is null ? FileMode.CreateNew : FileMode.Append, Access = FileAccess.Write };
            using var stream = new FileStream(held?.Name ?? path, options);
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = HeldPath.ReasonOf(e, path);
            throw ActionException.Remote(
                $"The file '{path}' that {variable} names could not be written: {reason}", "See that the step may write there");
        }
    }

    // The folders above may be links of the machine. A link in the place of the file leads wherever an earlier step likes.
    private bool IsItself(HeldPath held) => held.End == Path.Combine(RealPath.Of(Path.GetDirectoryName(path)!), Path.GetFileName(path));

    private HeldPath? Hold()
    {
        var held = HeldPath.Open(path);
        if (held is null) return null;
        if (held.Kind != PathKind.Special && IsItself(held) && !GitFolder.Contains(held.End, "/")) return held;
        held.Dispose();
        throw ActionException.BadInput(
            $"The file '{path}' that {variable} names is no file of the runner: it is a link, a pipe, a socket or a device, or is in .git",
            "Find the earlier step of the job that replaced it");
    }
}
