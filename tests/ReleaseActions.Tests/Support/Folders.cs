namespace ReleaseActions.Tests.Support;

/// <summary>Folders of tests.</summary>
public static class Folders
{
    /// <summary>Copies a folder with all that is in it, with the files' permissions.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
