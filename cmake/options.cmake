# SPDX-License-Identifier: Apache-2.0
# Compiler options for every target.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
                    -Wimplicit-fallthrough -Wno-missing-field-initializers -Wno-missing-designated-field-initializers
                    -Wno-unknown-warning-option -Werror
                    -fno-omit-frame-pointer -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
add_compile_definitions(_GNU_SOURCE SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL YADO_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
    add_link_options(-fuse-ld=lld)
endif()
if(CMAKE_BUILD_TYPE STREQUAL Release)
    add_compile_definitions(_FORTIFY_SOURCE=2)
    add_compile_options(-fstack-protector-strong)
    add_link_options(-Wl,-z,relro -Wl,-z,now)
endif()
# only programs are built: position-independent executables, one precompiled header for libraries and programs alike
add_compile_options(-fPIE)
add_link_options(-pie)
if(YADO_SANITIZE)
    add_compile_options(-fsanitize=${YADO_SANITIZE} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${YADO_SANITIZE})
endif()
if(YADO_FUZZ)
    # what these find ends in a fault that the address sanitizer reports too, and they cost most of the code
    add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=alignment,null,object-size,pointer-overflow,vptr)
endif()
