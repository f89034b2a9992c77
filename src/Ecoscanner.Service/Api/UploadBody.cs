using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Ecoscanner.Service.Api;

/// <summary>The one file of an upload, raw or as the first file of a form; it is read as it comes, and never held.</summary>
internal static class UploadBody
{
    // Forms of browsers have a few short fields before the file.
    private const int MostFields = 8;
    private const int LongestBoundary = 100;

    // A form has a few hundred bytes beside its file.
    private const int FormOverhead = 64 * 1024;

    public static async Task<UploadedFile> OpenAsync(HttpContext http, string? name, long maximumBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maximumBytes + FormOverhead;
        }

        if (http.Request.ContentLength > maximumBytes + FormOverhead)
        {
            throw TooLarge(maximumBytes);
        }

        if (http.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return new UploadedFile(
                string.IsNullOrEmpty(name) ? throw ProblemException.Wrong("?name", "is missing; say how the file is called") : name,
                http.Request.Body
            );
        }

        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value;
        if (boundary is not { Length: > 0 and <= LongestBoundary })
        {
            throw new ProblemException(ProblemKind.UnknownMediaType, "send the file raw, or as multipart/form-data with a boundary");
        }

        var reader = new MultipartReader(boundary, http.Request.Body);
        for (var field = 0; field < MostFields; field++)
        {
            MultipartSection? section;
            try
            {
                section = await reader.ReadNextSectionAsync(http.RequestAborted);
            }
            catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
            {
                throw new ProblemException(ProblemKind.Malformed, "the form breaks off, or is none", inner: e);
            }

            if (section?.GetContentDispositionHeader() is not { } disposition)
            {
                break;
            }

            if (disposition.IsFileDisposition())
            {
                var told = HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                return new UploadedFile(string.IsNullOrEmpty(name) ? told ?? "" : name, section.Body);
            }
        }

        throw new ProblemException(ProblemKind.Invalid, "the form has no file");
    }

    public static ProblemException TooLarge(long maximumBytes) =>
        new(ProblemKind.TooLarge, $"the file is larger than the {maximumBytes / (1024 * 1024)} MB that are taken now");
}

/// <param name="Name">As the client says.</param>
internal sealed record UploadedFile(string Name, Stream Content);
