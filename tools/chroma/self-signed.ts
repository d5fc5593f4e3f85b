/**
 * A certificate for localhost that nobody vouches for, and its key: for a server that must not be trusted. It opens nothing.
 *
 * Made by: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 36500 -nodes -subj /CN=localhost
 */
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTbX0AUVYCMUcOJbK
AWVxexdbcSdVR5xZHXeXQRd02LuhRANCAAT2rlExkupn+ss2Is0Qm8ivrNjMtVUG
GIZyMJxyrv3a7mMa0RYSZ0iByawsNrRNMCqgqGdRM8Rm3jCfE6FGaznq
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUYH3tk9QJO2iTkwXIcQ32E4XCvHkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE3MDA1NloYDzIxMjYxMDI4
MTcwMDU2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAT2rlExkupn+ss2Is0Qm8ivrNjMtVUGGIZyMJxyrv3a7mMa0RYSZ0iB
yawsNrRNMCqgqGdRM8Rm3jCfE6FGaznqo28wbTAdBgNVHQ4EFgQU9Q1l4L3LgrtT
WTm310iyeyOzz2MwHwYDVR0jBBgwFoAU9Q1l4L3LgrtTWTm310iyeyOzz2MwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAJCYXg+LPqRN6i6SjPBPotXsUe/AdIGvPgD5/18Za5gzAiAb
fI+0iPDrG/mvtMMnAcJ8zDaH+EWRzODnXMAxNzMMaA==
-----END CERTIFICATE-----
`,
};
