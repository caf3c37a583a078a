# clientwright in a container: docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" IMAGE codegen --check
FROM rust:1.95-alpine AS build
RUN apk add --no-cache build-base
WORKDIR /source
COPY . .
RUN cargo build --release --locked --package clientwright-cli && cp target/release/clientwright /clientwright

FROM alpine:3.22
# `diff --base` reads revisions with git. The folder belongs to whoever runs the container, whom git does not know.
RUN apk add --no-cache git && git config --system --add safe.directory /work
COPY --from=build /clientwright /usr/local/bin/clientwright
WORKDIR /work
ENTRYPOINT ["clientwright"]
CMD ["--help"]
