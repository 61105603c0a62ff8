# Builds the extension from source, for the architecture of the platform that is asked for. The image holds /opt/extensions and nothing else:
#   docker build --file deploy/container/build.Dockerfile --tag logs-http-destination .
#   docker buildx build --platform linux/amd64,linux/arm64 --file deploy/container/build.Dockerfile --tag registry.example.com/logs-http-destination --push .
# A function's image then needs one line: COPY --from=logs-http-destination /opt/extensions/ /opt/extensions/

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# Only what the build reads, so that a change elsewhere does not build it anew.
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY scripts/ scripts/
COPY src/BannedSymbols.txt src/
COPY src/LambdaLogs.Extension/ src/LambdaLogs.Extension/
# It installs the compiler and the static libraries first (scripts/prerequisites).
RUN scripts/build-native "$(scripts/architecture host)" \
    && install -D -m 0755 artifacts/*/aws-lambda-logs-http-destination /out/opt/extensions/aws-lambda-logs-http-destination

FROM scratch
COPY --from=build /out/ /
