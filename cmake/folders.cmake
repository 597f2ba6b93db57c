# SPDX-License-Identifier: Apache-2.0

# yado_folder(hypervisor/qemu LIBS…): src/hypervisor/qemu/**.cpp becomes the static library yado_hypervisor_qemu.
# main.cpp is left to yado_program.
function(yado_folder folder)
    string(REPLACE "/" "_" name yado_${folder})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    if(sources)
        add_library(${name} STATIC ${sources})
        set(scope PUBLIC)
        if(folder STREQUAL base)
            target_precompile_headers(${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.h)
        else()
            target_precompile_headers(${name} REUSE_FROM yado_base)
        endif()
    else()
        add_library(${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${name} ${scope} ${ARGN})
endfunction()

# yado_program(NAME FOLDER): build/bin/NAME from src/FOLDER/main.cpp and the folder's library.
function(yado_program name folder)
    if(NOT EXISTS ${CMAKE_SOURCE_DIR}/src/${folder}/main.cpp)
        return()
    endif()
    add_executable(${name} ${CMAKE_SOURCE_DIR}/src/${folder}/main.cpp)
    target_precompile_headers(${name} REUSE_FROM yado_base)
    target_link_libraries(${name} PRIVATE yado_${folder})
endfunction()
