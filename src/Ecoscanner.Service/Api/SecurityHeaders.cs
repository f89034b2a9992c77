namespace Ecoscanner.Service.Api;

/// <summary>What every answer tells browsers: nothing of it is to be framed, sniffed, run or kept, and no other site reads it.</summary>
internal static class SecurityHeaders
{
    private const string DataOnly = "default-src 'none'; frame-ancestors 'none'; sandbox";

    // A year, as we ask of apps.
    private const string Transport = "max-age=31536000; includeSubDomains";

    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = DataOnly;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "interest-cohort=()";
        headers.StrictTransportSecurity = Transport;
        headers.CacheControl = "no-store";
    }
}
