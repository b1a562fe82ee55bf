namespace ReleaseActions.ImageBuildPush.Documents;

/// <summary>The configuration of an image (OCI image specification, config.md).</summary>
/// <param name="LayerDigests">The digests of the layers before compression, from the lowest to the highest.</param>
/// <param name="Labels">Its labels.</param>
internal sealed record ImageConfig(IReadOnlyList<string> LayerDigests, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Reads a configuration.</summary>
    /// <exception cref="FormatException">It breaks a rule of the specification.</exception>
    public static ImageConfig Parse(ReadOnlyMemory<byte> json)
    {
        var config = OciObject.Parse(json, "the configuration");
        _ = (config.Text("architecture"), config.Text("os"));
        _ = (config.OptionalText("variant"), config.OptionalText("author"), config.OptionalList("history"));
        var files = config.Object("rootfs") ?? throw new FormatException("the configuration has no 'rootfs'");
        if (files.Text("type") != "layers") throw new FormatException("the rootfs of the configuration is not made of layers");
        _ = files.List("diff_ids");
        var labels = config.Object("config") is { } execution ? ReadLabels(execution) : new Dictionary<string, string>();
        return new ImageConfig(files.Texts("diff_ids"), labels);
    }

    private static IReadOnlyDictionary<string, string> ReadLabels(OciObject execution)
    {
        foreach (var text in (string[])["User", "WorkingDir", "StopSignal"]) execution.OptionalText(text);
        foreach (var map in (string[])["Volumes", "ExposedPorts"]) execution.Object(map);
        foreach (var list in (string[])["Cmd", "Entrypoint"]) execution.Texts(list);
        return execution.Texts("Env").All(e => e.IndexOf('=', StringComparison.Ordinal) > 0)
            ? execution.TextMap("Labels")
            : throw new FormatException("a variable of the configuration's Env has no value");
    }
}
